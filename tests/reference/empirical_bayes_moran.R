# Moran's I of empirical Bayes standardised rates (Assuncao and Reis 1999) by the R package spdep.
#
# stdin: the number of areas, then per area its count, its population, how many neighbours and which (from 1).
# stdout: I with row-standardised weights, then the standardised rate of each area.
suppressPackageStartupMessages(library(spdep))
input <- scan(file("stdin"), quiet = TRUE)
n <- input[1]
at <- 2
counts <- populations <- numeric(n)
neighbours <- vector("list", n)
for (i in seq_len(n)) {
    counts[i] <- input[at]
    populations[i] <- input[at + 1]
    k <- input[at + 2]
    neighbours[[i]] <- as.integer(input[at + 2 + seq_len(k)])
    at <- at + 3 + k
}
class(neighbours) <- "nb"
weights <- nb2listw(neighbours, style = "W")
found <- EBImoran.mc(counts, populations, weights, nsim = 1)
cat(format(found$statistic, digits = 17), "\n")
cat(format(found$z, digits = 17), sep = "\n")
