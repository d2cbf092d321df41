; C: where functions are.
; @function: a definition. @name: its name, also where it returns a pointer.

(function_definition
  declarator: (function_declarator declarator: (identifier) @name)) @function

(function_definition
  declarator: (pointer_declarator
    declarator: (function_declarator declarator: (identifier) @name))) @function
