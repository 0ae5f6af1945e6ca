// The program as a person calls it: help, JSON, exit codes, and whatever can be typed wrongly. Exit code 3 (stop) is in
// gate_test.c. SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli/cli.h"
#include "support/check.h"
#include "support/program.h"

#define BODY "\"sex\":\"male\",\"age_years\":52,\"height_m\":1.68,\"mass_kg\":73.5"
static const char PLAIN[] = "{" BODY "}";  // no test to ask about: assessed in a moment
static const char GOOD[] = "{" BODY ",\"thomas_right\":{\"hip_angle_deg\":4.5,\"knee_flexion_deg\":61,\"pelvis_controlled\":true}}";

// ---- helpers -----------------------------------------------------------------------------------------------------

static void expect_code(const program_run *run, const program_said *said, int code) {
  if (said->code != code)
    fail_msg("psoas %s: exit code %d (signal %d), wanted %d; it said: %s", run->arguments, said->code, said->signal, code, said->err);
}

static int count_files(void) {
  int n = 0;
  DIR *d = opendir(".");
  assert_non_null(d);
  while (readdir(d)) n++;
  closedir(d);
  return n;
}

// code 2, one plain line on standard error that says these words, nothing on standard output, no new file
static void expect_refusal(const char *arguments, const char *const *word) {
  const int before = count_files();
  const program_run run = {.arguments = arguments};
  program_said said;
  program_start(&run, &said);
  expect_code(&run, &said, CLI_BAD_INPUT);
  if (said.out_size) fail_msg("psoas %s: something stands on standard output: %.80s", arguments, said.out);
  if (strncmp(said.err, "psoas: ", 7) != 0 || strchr(said.err, '\n') != said.err + strlen(said.err) - 1)
    fail_msg("psoas %s: not one line: %s", arguments, said.err);
  for (int i = 0; i < 3 && word[i]; i++)
    if (!strstr(said.err, word[i])) fail_msg("psoas %s: \"%s\" is missing in: %s", arguments, word[i], said.err);
  if (count_files() != before) fail_msg("psoas %s: left a file behind", arguments);
  program_forget(&said);
}

// ---- what works --------------------------------------------------------------------------------------------------

static void every_command_has_help(void **state) {
  (void)state;
  static const char *const command[] = {"assess", "solve", "path", "muscles", "coords", "tasks", "export", "bench", "exam", "validate"};
  program_said said;
  program_run run = {.arguments = "--help"};
  program_start(&run, &said);
  expect_code(&run, &said, CLI_DONE);
  for (size_t i = 0; i < sizeof command/sizeof *command; i++) assert_non_null(strstr(said.out, command[i]));
  assert_non_null(strstr(said.out, "0 done, 1 our fault, 2 bad input, 3 stop"));
  program_forget(&said);
  for (size_t i = 0; i < sizeof command/sizeof *command; i++) {
    char text[64], usage[64];
    snprintf(text, sizeof text, "%s --help", command[i]);
    snprintf(usage, sizeof usage, "usage: psoas %s ", command[i]);
    run.arguments = text;
    program_start(&run, &said);
    expect_code(&run, &said, CLI_DONE);
    if (strncmp(said.out, usage, strlen(usage)) != 0) fail_msg("psoas %s: %s", text, said.out);
    assert_non_null(strstr(said.out, "Exit codes: 0 done, 1 our fault, 2 bad input, 3 stop"));
    assert_string_equal(said.err, "");
    program_forget(&said);
  }
}

static void json_carries_what_a_replay_needs(void **state) {
  (void)state;
  static const struct { const char *arguments, *key; bool has_input; } row[] = {
      {"assess p.json --draws 0 --json", "pathways", true},
      {"solve p.json standing-flexed:12.5 --json --hold 4.5@0.35,1.0,0.1", "levels", true},
      {"solve p.json standing --settle --json", "settled", true},
      {"solve p.json half-kneeling-lunge:left --settle --json", "settled", true},
      {"solve p.json supine --json", "settled", true},
      {"muscles --json", "muscles", false},
      {"muscles p.json --json", "muscles", true},
      {"coords --json", "coordinates", false},
      {"tasks --json", "tasks", false},
  };
  program_file("p.json", GOOD, sizeof GOOD - 1);
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const program_run run = {.arguments = row[i].arguments};
    program_said said;
    program_start(&run, &said);
    expect_code(&run, &said, CLI_DONE);
    json_t *root = json_loadb(said.out, said.out_size, JSON_REJECT_DUPLICATES, NULL);
    if (!root) fail_msg("psoas %s: not JSON", run.arguments);
    assert_string_equal(json_string_value(json_object_get(root, "version")), PS_VERSION);
    assert_true(json_is_integer(json_object_get(root, "seed")));
    assert_int_equal(json_string_length(json_object_get(root, "input_sha256")), row[i].has_input ? 64 : 0);
    assert_true(json_is_array(json_object_get(root, "warnings")));
    assert_non_null(json_object_get(root, row[i].key));
    json_decref(root);
    program_forget(&said);
  }
}

static void same_input_same_bytes(void **state) {
  (void)state;
  const program_run run = {.arguments = "assess p.json --draws 3 --seed 7 --json"};
  program_said one, two;
  program_file("p.json", GOOD, sizeof GOOD - 1);
  program_start(&run, &one);
  program_start(&run, &two);
  expect_code(&run, &one, CLI_DONE);
  assert_int_equal(one.out_size, two.out_size);
  assert_memory_equal(one.out, two.out, one.out_size);
  program_forget(&one);
  program_forget(&two);
}

static void a_sweep_is_a_table(void **state) {
  (void)state;
  const program_run run = {.arguments = "path psoas_L1_body_right --sweep hip_flexion_right=-12.5:20:2.5 --csv"};
  program_said said;
  program_start(&run, &said);
  expect_code(&run, &said, CLI_DONE);
  assert_int_equal(strncmp(said.out, "hip_flexion_right_deg,length_m,arm_", 35), 0);
  int lines = 0;
  for (const char *c = said.out; *c; c++) lines += *c == '\n';
  assert_int_equal(lines, 1 + 14);
  program_forget(&said);
}

static void files_are_written_whole(void **state) {
  (void)state;
  program_said said;
  program_file("p.json", GOOD, sizeof GOOD - 1);
  const program_run mjcf = {.arguments = "export mjcf p.json body.xml"};
  program_start(&mjcf, &said);
  expect_code(&mjcf, &said, CLI_DONE);
  program_forget(&said);
  const program_run dump = {.arguments = "solve p.json standing --dump-qp problems"};
  program_start(&dump, &said);
  expect_code(&dump, &said, CLI_DONE);
  program_forget(&said);
  struct stat s;
  assert_int_equal(stat("body.xml", &s), 0);
  assert_true(s.st_size > 10000);
  assert_int_equal(stat("problems/standing.txt", &s), 0);
  assert_true(s.st_size > 1000);
}

static void status_becomes_exit_code(void **state) {
  (void)state;
  static const struct { ps_status status; int code; } row[] = {
      {PS_EINPUT, CLI_BAD_INPUT}, {PS_EFORMAT, CLI_BAD_INPUT}, {PS_EIO, CLI_BAD_INPUT},  {PS_ENUMERIC, CLI_BAD_INPUT},
      {PS_ENOMEM, CLI_OUR_FAULT}, {PS_ESHAPE, CLI_OUR_FAULT},  {PS_ESINGULAR, CLI_OUR_FAULT},
  };
  fflush(stderr);
  const int keep = dup(2), away = open("/dev/null", O_WRONLY);
  dup2(away, 2);
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    const ps_error err = {.code = row[i].status};
    assert_int_equal(cli_fail(&err), row[i].code);
  }
  dup2(keep, 2);
  close(keep);
  close(away);
}

// ---- what is refused ---------------------------------------------------------------------------------------------

typedef struct refusal { const char *arguments, *word[3]; } refusal;

static void wrong_words_on_the_line(void **state) {
  (void)state;
  static const refusal row[] = {
      {"asess p.json", {"unknown command \"asess\"", "did you mean \"assess\"?"}},
      {"assess", {"usage: psoas assess FILE.json"}},
      {"assess p.json q.json", {"one argument too many", "q.json"}},
      {"assess p.json --htlm x", {"unknown option \"--htlm\"", "did you mean \"html\"?"}},
      {"assess p.json --draws", {"needs a value", "--draws"}},
      {"assess p.json --json=yes", {"takes no value", "--json=yes"}},
      {"assess p.json --draws x", {"--draws", "\"x\" is not a number", "0 to 2000"}},
      {"assess p.json --draws 2001", {"--draws", "2001", "0 to 2000"}},
      {"assess p.json --draws 2.5", {"--draws", "2.5 is not a whole number"}},
      {"assess p.json --draws nan", {"--draws", "\"nan\" is not a number"}},
      {"assess p.json --draws=", {"--draws", "\"\" is not a number"}},
      {"assess p.json --draws 3x", {"--draws", "\"3x\" is not a number"}},
      {"assess p.json --seed -1", {"--seed", "-1", "0 to"}},
      {"assess p.json --seed 0x10", {"--seed", "\"0x10\" is not a number"}},
      {"assess p.json --seed 1e300", {"--seed", "1e+300"}},
      {"assess p.json --p 1.9", {"--p", "1.9", "2 to 5"}},
      {"solve p.json", {"usage: psoas solve PERSON.json TASK"}},
      {"solve p.json standin", {"\"standin\"", "did you mean \"standing\"?", "psoas tasks"}},
      {"solve p.json standing:3", {"standing", "takes no argument", "\"3\""}},
      {"solve p.json standing-flexed:90.5", {"standing-flexed", "90.5", "0 to 90"}},
      {"solve p.json standing-flexed:-1", {"standing-flexed", "-1", "0 to 90"}},
      {"solve p.json standing-flexed:inf", {"standing-flexed", "\"inf\" is not a number"}},
      {"solve p.json standing-flexed:", {"standing-flexed", "\"\" is not a number"}},
      {"solve p.json modified-thomas:up", {"modified-thomas", "\"up\"", "left or right"}},
      {"solve p.json :3", {"task", "1 to"}},
      {"solve p.json standing --hold 10", {"--hold", "KG@X,Y,Z"}},
      {"solve p.json standing --hold 10@0.3,1", {"--hold", "KG@X,Y,Z"}},
      {"solve p.json standing --hold 10@a,1,0", {"--hold X", "\"a\" is not a number", "-2 to 2"}},
      {"solve p.json standing --hold 10@0.3,1,0,5", {"--hold Z", "\"0,5\" is not a number"}},
      {"solve p.json standing --hold 101@0.3,1,0", {"--hold KG", "101", "0 to 100"}},
      {"solve p.json standing --hold 10@1.7,1,0", {"hold", "from the shoulder", "reach"}},
      {"solve p.json standing --p nan", {"--p", "\"nan\" is not a number", "2 to 5"}},
      {"solve p.json standing --dump-qp p.json", {"p.json"}},
      {"solve p.json standing --dump-qp no/such/folder", {"no/such/folder", "No such file"}},
      {"path psoas_L1_bdy_right --sweep hip_flexion_right=0:1:1", {"psoas_L1_bdy_right", "did you mean \"psoas_L1_body_right\"?"}},
      {"path psoas_L1_body_right", {"--sweep", "COORD=FROM:TO:STEP"}},
      {"path psoas_L1_body_right --sweep hip_flexion_right=0:1", {"--sweep", "COORD=FROM:TO:STEP"}},
      {"path psoas_L1_body_right --sweep hip_flexio_right=0:1:1", {"hip_flexio_right", "did you mean \"hip_flexion_right\"?"}},
      {"path psoas_L1_body_right --sweep hip_flexion_right=x:1:1", {"--sweep FROM", "\"x\" is not a number", "-360 to 360"}},
      {"path psoas_L1_body_right --sweep hip_flexion_right=9:1:1", {"--sweep TO", "1 is outside 9 to 360"}},
      {"path psoas_L1_body_right --sweep hip_flexion_right=0:1:0", {"--sweep STEP", "0 is outside"}},
      {"path psoas_L1_body_right --sweep hip_flexion_right=0:360:0.0001", {"--sweep", "a million rows"}},
      {"muscles nothere.json", {"nothere.json", "No such file"}},
      {"coords a b", {"one argument too many", "\"b\""}},
      {"tasks standing", {"one argument too many"}},
      {"export mjfc p.json o.xml", {"\"mjfc\"", "allowed is mjcf"}},
      {"export mjcf p.json no/such/o.xml", {"no/such/o.xml", "No such file"}},
      {"export mjcf p.json .", {".", "Is a directory"}},
      {"export mjcf p.json", {"usage: psoas export"}},
      {"bench nothere.json", {"nothere.json", "No such file"}},
      {"bench --p 11", {"--p", "11", "2 to 5"}},
  };
  program_file("p.json", GOOD, sizeof GOOD - 1);
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) expect_refusal(row[i].arguments, row[i].word);
  const program_run bare = {.arguments = ""};
  program_said said;
  program_start(&bare, &said);
  expect_code(&bare, &said, CLI_BAD_INPUT);
  program_forget(&said);
}

typedef struct bad_file { const char *text, *word[3]; } bad_file;

static void wrong_person_files(void **state) {
  (void)state;
  static const bad_file row[] = {
      {"", {"bad.json", "not valid JSON"}},
      {"[]", {"bad.json", "one JSON object"}},
      {"null", {"bad.json"}},
      {"{" BODY ",}", {"bad.json", "line 1"}},
      {"{" BODY "} x", {"bad.json", "line 1"}},
      {"{\n" BODY ",\n\"note\" \"x\"}", {"bad.json, line 3"}},
      {"{" BODY ",\"heigth_m\":1.7}", {"bad.json", "\"heigth_m\" is not a known key", "did you mean \"height_m\"?"}},
      {"{" BODY ",\"mass_kg\":73}", {"bad.json", "mass_kg", "duplicate"}},
      {"{\"sex\":\"male\",\"age_years\":52,\"height_m\":17,\"mass_kg\":73.5}", {"bad.json", "height_m is 17", "1.3 to 2.2 m"}},
      {"{\"sex\":\"male\",\"age_years\":52,\"height_m\":168,\"mass_kg\":73.5}", {"height_m is 168", "1.3 to 2.2 m", "write 1.68"}},
      {"{\"sex\":\"male\",\"age_years\":52,\"height_m\":1.68}", {"mass_kg is missing", "35 to 200 kg"}},
      {"{\"sex\":\"mael\",\"age_years\":52,\"height_m\":1.68,\"mass_kg\":73}", {"sex is \"mael\"", "male, female", "did you mean \"male\"?"}},
      {"{\"sex\":\"male\",\"age_years\":\"52\",\"height_m\":1.68,\"mass_kg\":73}", {"age_years is \"52\"", "number from 16 to 100"}},
      {"{\"sex\":\"male\",\"age_years\":null,\"height_m\":1.68,\"mass_kg\":73}", {"age_years is null", "number from 16 to 100"}},
      {"{\"sex\":\"male\",\"age_years\":[52],\"height_m\":1.68,\"mass_kg\":73}", {"age_years is a list"}},
      {"{\"sex\":true,\"age_years\":52,\"height_m\":1.68,\"mass_kg\":73}", {"sex is true"}},
      {"{\"sex\":\"male\",\"age_years\":52,\"height_m\":NaN,\"mass_kg\":73}", {"not valid JSON", "NaN"}},
      {"{\"sex\":\"male\",\"age_years\":52,\"height_m\":1e999,\"mass_kg\":73}", {"not valid JSON"}},
      {"{\"sex\":\"male\",\"age_years\":52,\"height_m\":1e300,\"mass_kg\":73}", {"height_m is 1e+300", "1.3 to 2.2 m"}},
      {"{\"sex\":\"male\",\"age_years\":99999999999999999999999,\"height_m\":1.7,\"mass_kg\":73}", {"not valid JSON", "too big"}},
      {"{\"sex\":\"male\",\"age_years\":-52,\"height_m\":1.7,\"mass_kg\":73}", {"age_years is -52", "16 to 100 years"}},
      {"{" BODY ",\"thomas_left\":{\"hip_angle_deg\":4}}", {"thomas_left.knee_flexion_deg is missing"}},
      {"{" BODY ",\"thomas_left\":{\"hip_angle_deg\":4,\"knee_flexion_deg\":200,\"pelvis_controlled\":true}}", {"thomas_left.knee_flexion_deg is 200", "0 to 150 deg"}},
      {"{" BODY ",\"thomas_left\":{\"hip_angle_deg\":4,\"knee_flexion_deg\":20,\"pelvis_controled\":true}}", {"thomas_left", "pelvis_controled", "did you mean \"pelvis_controlled\"?"}},
      {"{" BODY ",\"thomas_left\":5}", {"thomas_left is 5", "object"}},
      {"{" BODY ",\"lordosis\":{\"deg\":40,\"method\":\"radiograf_L1_S1\"}}", {"lordosis.method", "did you mean \"radiograph_L1_S1\"?"}},
      {"{" BODY ",\"tightness\":[{\"muscle\":\"iliopsaos\",\"side\":\"left\",\"shortening\":0.1}]}", {"tightness[1].muscle", "\"iliopsaos\"", "did you mean \"iliopsoas\"?"}},
      {"{" BODY ",\"tightness\":[{\"muscle\":\"iliopsoas\",\"side\":\"left\",\"shortening\":0.3}]}", {"tightness[1].shortening is 0.3", "0 to 0.2"}},
      {"{" BODY ",\"tightness\":[7]}", {"tightness[1]", "is 7"}},
      {"{" BODY ",\"tightness\":{}}", {"tightness is an object", "list"}},
      {"\xEF\xBB\xBF{" BODY "}", {"bad.json"}},
      {"{" BODY ",\"note\":\"\xFF\"}", {"bad.json", "not valid JSON"}},
      {"{" BODY ",\"\\u001b[31m\":1}", {"is not a known key"}},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    program_file("bad.json", row[i].text, strlen(row[i].text));
    expect_refusal("assess bad.json --draws 0 --html report.html", row[i].word);
  }
}

// at every byte: test/unit/files_person_test.c
static void a_person_file_cut_short(void **state) {
  (void)state;
  static const char *const word[3] = {"cut.json, line 1", "not valid JSON"};
  for (size_t n = 0; n < sizeof GOOD - 1; n += 9) {
    program_file("cut.json", GOOD, n);
    expect_refusal("muscles cut.json", word);
  }
}

static void deep_and_long_files(void **state) {
  (void)state;
  enum { DEEP = 100000, LONG = (1 << 20) + 1 };
  char *text = malloc(LONG);
  assert_non_null(text);
  memset(text, '[', LONG);
  program_file("bad.json", text, DEEP);
  expect_refusal("muscles bad.json", (const char *const[3]){"bad.json", "depth"});
  program_file("bad.json", text, LONG);
  expect_refusal("muscles bad.json", (const char *const[3]){"bad.json", "longer than the 1048576 bytes"});
  memset(text, 0, 100);
  program_file("bad.json", text, 100);
  expect_refusal("muscles bad.json", (const char *const[3]){"bad.json", "not valid JSON"});
  free(text);
}

static void what_is_no_file(void **state) {
  (void)state;
  mkdir("folder.json", 0777);
  program_file("p.json", GOOD, sizeof GOOD - 1);
  static const refusal row[] = {
      {"assess nothere.json", {"nothere.json", "No such file"}},
      {"assess folder.json", {"folder.json", "directory"}},
      {"assess p.json/x", {"p.json/x", "Not a directory"}},
      {"assess /proc/self/mem", {"/proc/self/mem", "cannot be read"}},  // opens, and every read is refused
      {"assess -", {"standard input", "not valid JSON"}},
      {"solve p.json nothere.json", {"nothere.json", "No such file"}},
      {"solve p.json folder.json", {"folder.json", "directory"}},
  };
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) expect_refusal(row[i].arguments, row[i].word);
  if (geteuid() == 0) return;  // who may read everything cannot be refused
  chmod("p.json", 0);
  expect_refusal("assess p.json", (const char *const[3]){"p.json", "Permission denied"});
}

#define TASK "\"task\":\"t\",\"title\":\"T\",\"source\":\"assumed\""
#define FEET "\"supports\":[{\"contact\":\"heel\",\"pushes\":\"up\",\"friction\":0.5},{\"contact\":\"toe\",\"pushes\":\"up\"}]"

static void wrong_task_files(void **state) {
  (void)state;
  static const bad_file row[] = {
      {"", {"bad.json", "not valid JSON"}},
      {"{" TASK "}", {"bad.json", "supports is missing"}},
      {"{" TASK "," FEET ",\"angels\":[]}", {"bad.json", "\"angels\" is not a known key", "did you mean \"angles\"?"}},
      {"{\"task\":7,\"title\":\"T\",\"source\":\"s\"," FEET "}", {"task is 7", "a text"}},
      {"{\"task\":\"0123456789012345678901234567890123456789012345678\",\"title\":\"T\",\"source\":\"s\"," FEET "}", {"task is", "allowed are 47"}},
      {"{" TASK ",\"supports\":[{\"contact\":\"heel\",\"pushes\":\"upp\"}]}", {"supports[1].pushes is \"upp\"", "up, down", "did you mean \"up\"?"}},
      {"{" TASK ",\"supports\":[{\"contact\":\"heel\"}]}", {"supports[1].pushes is missing"}},
      {"{" TASK ",\"supports\":[{\"contact\":\"heel\",\"pushes\":\"up\",\"friction\":-1}]}", {"supports[1].friction is -1", "0 to 2"}},
      {"{" TASK ",\"supports\":[{\"contact\":\"heal_right\",\"pushes\":\"up\"}]}", {"psoas: bad.json", "contact \"heal_right\""}},
      {"{" TASK ",\"supports\":[]}", {"bad.json", "supports is empty"}},
      {"{" TASK "," FEET ",\"angles\":[{\"coordinate\":\"hip_flexio\",\"deg\":3}]}", {"psoas: bad.json", "hip_flexio"}},
      {"{" TASK "," FEET ",\"angles\":[{\"coordinate\":\"hip_flexion\",\"deg\":999}]}", {"angles[1].deg is 999", "-360 to 360 deg"}},
      {"{" TASK "," FEET ",\"directions\":[{\"segment\":\"elbow\",\"deg\":3}]}", {"psoas: bad.json", "elbow"}},
      {"{" TASK "," FEET ",\"directions\":[{\"segment\":\"thigh\",\"leans\":1}]}", {"directions[1].leans is 1", "true or false"}},
      {"{" TASK "," FEET ",\"rules\":[\"balanced\"]}", {"rules item 1", "balance, arms_hang, leg_hangs"}},
      {"{" TASK "," FEET ",\"rules\":\"balance\"}", {"rules is \"balance\"", "a list"}},
      {"{" TASK "," FEET ",\"argument\":{\"kind\":\"angel\"}}", {"argument.kind is \"angel\"", "did you mean \"angle\"?"}},
      {"{" TASK "," FEET ",\"argument\":{\"kind\":\"angle\",\"min_deg\":5,\"max_deg\":2,\"default_deg\":3}}", {"argument.max_deg is 2", "5 to 180 deg"}},
      {"{" TASK "," FEET ",\"argument\":{\"kind\":\"angle\",\"min_deg\":5,\"max_deg\":20,\"default_deg\":3}}", {"argument.default_deg is 3", "5 to 20 deg"}},
  };
  program_file("p.json", GOOD, sizeof GOOD - 1);
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) {
    program_file("bad.json", row[i].text, strlen(row[i].text));
    expect_refusal("solve p.json bad.json", row[i].word);
  }
}

// ---- where results cannot go -------------------------------------------------------------------------------------

static void results_that_cannot_be_written(void **state) {
  (void)state;
  static const refusal row[] = {
      {"assess p.json --draws 0 --html no/such/report.html", {NULL}},
      {"assess p.json --draws 0 --html .", {NULL}},
      {"assess p.json --draws 0 --html p.json/report.html", {NULL}},
      {"assess p.json --draws 0 --html /dev/full", {NULL}},
      {"export mjcf p.json /dev/full", {"/dev/full", "No space left"}},
  };
  program_file("p.json", PLAIN, sizeof PLAIN - 1);
  for (size_t i = 0; i < sizeof row/sizeof *row; i++) expect_refusal(row[i].arguments, row[i].word);
}

// a page that is there is whole; an old one stays when the new one cannot be made
static void a_page_is_whole_or_not_there(void **state) {
  (void)state;
  program_file("p.json", PLAIN, sizeof PLAIN - 1);
  const program_run run = {.arguments = "assess p.json --draws 0 --html report.html"};
  program_said said;
  program_start(&run, &said);
  program_forget(&said);
  FILE *f = fopen("report.html", "rb");
  if (said.code != CLI_DONE) {
    assert_int_equal(said.code, CLI_BAD_INPUT);
    assert_null(f);
    return;
  }
  assert_non_null(f);
  char tail[17] = "";
  assert_int_equal(fseek(f, -16, SEEK_END), 0);
  assert_int_equal(fread(tail, 1, 16, f), 16);
  fclose(f);
  assert_non_null(strstr(tail, "</html>"));
}

static void standard_output_full_or_closed(void **state) {
  (void)state;
  static const char *const arguments[] = {"tasks",  "muscles --json", "solve p.json standing", "solve p.json standing --json",
                                          "--help", "assess p.json --draws 0 --json", "assess --help",
                                          "path psoas_L1_body_right --sweep hip_flexion_right=0:9:1", "--version"};
  program_file("p.json", PLAIN, sizeof PLAIN - 1);
  for (size_t i = 0; i < sizeof arguments/sizeof *arguments; i++) {
    for (int closed = 0; closed < 2; closed++) {
      const program_run run = {.arguments = arguments[i], .stdout_to = closed ? "" : "/dev/full"};
      program_said said;
      program_start(&run, &said);
      expect_code(&run, &said, CLI_BAD_INPUT);
      if (!strstr(said.err, "standard output")) fail_msg("psoas %s: %s", arguments[i], said.err);
      program_forget(&said);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_command_has_help),
      cmocka_unit_test(json_carries_what_a_replay_needs),
      cmocka_unit_test(same_input_same_bytes),
      cmocka_unit_test(a_sweep_is_a_table),
      cmocka_unit_test(files_are_written_whole),
      cmocka_unit_test(status_becomes_exit_code),
      cmocka_unit_test(wrong_words_on_the_line),
      cmocka_unit_test(wrong_person_files),
      cmocka_unit_test(a_person_file_cut_short),
      cmocka_unit_test(deep_and_long_files),
      cmocka_unit_test(what_is_no_file),
      cmocka_unit_test(wrong_task_files),
      cmocka_unit_test(results_that_cannot_be_written),
      cmocka_unit_test(a_page_is_whole_or_not_there),
      cmocka_unit_test(standard_output_full_or_closed),
  };
  return cmocka_run_group_tests_name("cli", tests, program_enter, program_leave);
}
