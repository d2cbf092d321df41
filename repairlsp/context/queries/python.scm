; Python: where functions, methods and classes are.
; @function, @class: a definition, matched once more with its decorators where it has any.
; @name: its name.

(function_definition name: (identifier) @name) @function

(decorated_definition
  definition: (function_definition name: (identifier) @name)) @function

(class_definition name: (identifier) @name) @class

(decorated_definition
  definition: (class_definition name: (identifier) @name)) @class
