; JavaScript: where functions, methods and classes are.
; @function, @class: a definition. @name: its name.

(function_declaration name: (identifier) @name) @function
(generator_function_declaration name: (identifier) @name) @function
(method_definition name: (_) @name) @function

(variable_declarator
  name: (identifier) @name
  value: [(arrow_function) (function_expression)]) @function

(class_declaration name: (identifier) @name) @class
