#ifndef STANCE_VERSION_H
#define STANCE_VERSION_H

#define SG_VERSION "0.1.0"

#endif
