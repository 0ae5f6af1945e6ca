/* Reference tables written in a test, read as if they were packed. SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "app/validate/validate.h"

#define REFERENCE_PERSONS "person,sex,age_years,height_m,mass_kg,pelvic_incidence_deg,source,note\n"
#define REFERENCE_ROWS                                                                                                  \
  "id,measure,quantity,person,task,baseline,level,at1,at2,rule,value,sd,lo,hi,unit,population,status,kind,source,note\n"

typedef struct reference_texts { const char *persons, *rows; } reference_texts;

/** A source that gives these two tables; `texts` is borrowed. */
files_table_source reference_source(const reference_texts *texts);

/** How postures are written on the command line. */
extern const validate_words REFERENCE_WORDS;
