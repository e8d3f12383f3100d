/// The tables of migration 1, by topic; each topic is a file.
enum FirstSchema {}
