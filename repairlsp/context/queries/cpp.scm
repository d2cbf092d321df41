; C++: where functions, methods and types are.
; @function, @class: a definition. @name: its name, also where it returns a pointer or a reference.

(function_definition
  declarator: (function_declarator
    declarator: [(identifier) (field_identifier) (qualified_identifier) (destructor_name)
                 (operator_name)] @name)) @function

(function_definition
  declarator: (_
    (function_declarator
      declarator: [(identifier) (field_identifier) (qualified_identifier)
                   (operator_name)] @name))) @function

(class_specifier name: (type_identifier) @name) @class
(struct_specifier name: (type_identifier) @name) @class
(namespace_definition name: (namespace_identifier) @name) @class
