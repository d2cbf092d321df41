; Java: where methods, constructors and types are.
; @function, @class: a definition. @name: its name.

(method_declaration name: (identifier) @name) @function
(constructor_declaration name: (identifier) @name) @function

(class_declaration name: (identifier) @name) @class
(interface_declaration name: (identifier) @name) @class
(enum_declaration name: (identifier) @name) @class
(record_declaration name: (identifier) @name) @class
