#include "setting.h"

#include <ctype.h>
#include <string.h>

static char *skip_blanks(char *text) {
    while (isspace((unsigned char)*text)) text++;
    return text;
}

static void trim_end(char *text) {
    char *end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1])) end--;
    *end = '\0';
}

/* The value of `text`, in place; NULL when it is not one. */
static char *read_value(char *text) {
    char *value = skip_blanks(text);
    if (*value == '"') {
        char *end = strchr(++value, '"');
        if (end == NULL) return NULL;
        char *rest = skip_blanks(end + 1);
        if (*rest != '\0' && *rest != ';') return NULL;
        *end = '\0';
        return value;
    }
    char *comment = strchr(value, ';');
    if (comment != NULL) *comment = '\0';
    trim_end(value);
    return value;
}

bool setting_read(const char *line, struct setting *setting) {
    char copy[SETTING_MAX];
    if (strlen(line) >= sizeof copy) return false;
    strcpy(copy, line);

    char *name = skip_blanks(copy);
    char *equals = strchr(name, '=');
    if (*name == ';' || equals == NULL) return false;
    *equals = '\0';
    trim_end(name);
    if (*name == '\0') return false;

    char *value = read_value(equals + 1);
    if (value == NULL) return false;
    strcpy(setting->name, name);
    strcpy(setting->value, value);
    return true;
}
