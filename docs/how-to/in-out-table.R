# The table of support at entry and at the end, from a statistics delivery and nothing but base R.
#   Rscript in-out-table.R FOLDER
# codebook.csv says what each column means and which codes it can hold; receipt.json holds the SHA-256 of
# every file (sha256sum on the command line compares them).
folder <- commandArgs(trailingOnly = TRUE)[1]
read <- function(file) {
  read.csv(file.path(folder, file), colClasses = "character", na.strings = "", fileEncoding = "UTF-8")
}
codebook <- read("codebook.csv")
episodes <- read(unique(codebook$file[codebook$table == "episodes"]))

row <- codebook$table == "episodes" & codebook$column == "support_before"
codes <- strsplit(codebook$codes[row], "|", fixed = TRUE)[[1]]

# The codebook: an end is null while the plan is open; a wrong registration was never a plan; a value outside
# the codes counts as unknown.
wrong <- episodes$end_reason %in% "wrong_registration"
ended <- episodes[!is.na(episodes$ended_on) & !wrong, ]
known <- function(values) factor(ifelse(values %in% codes, values, "unknown"), levels = codes)
crossed <- table(before = known(ended$support_before), after = known(ended$support_after))

# These are counts of persons. Numbers under five must not leave the secure platform.
write.csv(as.data.frame.matrix(crossed), quote = FALSE)
