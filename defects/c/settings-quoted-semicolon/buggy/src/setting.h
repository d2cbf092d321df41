/* One line of a settings file: `name = value ; comment`. */
#ifndef SETTING_H
#define SETTING_H

#include <stdbool.h>

enum { SETTING_MAX = 128 };

struct setting {
    char name[SETTING_MAX];
    char value[SETTING_MAX];
};

/* Read one line. False for a blank line, a comment, or a line without a name or `=`.
 *
 * A value that starts with a double quote ends at the next one: everything between them counts, and
 * what follows must be blank or a comment, else the line is refused. Any other value ends at `;` or
 * at the end of the line, without the blanks around it. */
bool setting_read(const char *line, struct setting *setting);

#endif
