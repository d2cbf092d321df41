; Go: where functions and methods are. A method is not inside its type.
; @function: a definition. @name: its name.

(function_declaration name: (identifier) @name) @function
(method_declaration name: (field_identifier) @name) @function
