; Rust: where functions are, and what they belong to.
; @function, @class: a definition. @name: its name.

(function_item name: (identifier) @name) @function

(impl_item type: (type_identifier) @name) @class
(impl_item type: (generic_type type: (type_identifier) @name)) @class
(trait_item name: (type_identifier) @name) @class
(mod_item name: (identifier) @name) @class
