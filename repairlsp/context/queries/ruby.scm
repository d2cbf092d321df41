; Ruby: where methods, classes and modules are.
; @function, @class: a definition. @name: its name.

(method name: (_) @name) @function
(singleton_method name: (_) @name) @function

(class name: (_) @name) @class
(module name: (_) @name) @class
