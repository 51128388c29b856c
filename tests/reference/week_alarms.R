# Weekly alarms by the R package surveillance: EARS C1 and C2 (earsC), C3 from its definition, and the bound of
# Farrington et al. (1996) by algo.farrington with weeks known by their dates.
#
# stdin: the first Monday as days since 1970-01-01, earlier years, alpha, then one count to a week.
# stdout: per week C1, C2, C3, the upper bound and whether a trend was kept; NaN where there is too little history.
suppressPackageStartupMessages(library(surveillance))
input <- scan(file("stdin"), quiet = TRUE)
years <- input[2]
counts <- input[-(1:3)]
n <- length(counts)
dates <- input[1] + 7 * (0:(n - 1))
weeks <- sts(counts, epoch = dates, epochAsDate = TRUE, frequency = 52, start = c(2020, 1))
padded <- function(values) c(rep(NaN, n - length(values)), values)

# The upper bound is mean + 3 s: the deviation follows from it and the same mean.
least <- 0.5
deviation <- function(method, lag) {
    at <- (8 + lag):n
    upper <- upperbound(earsC(weeks, list(method = method, minSigma = least, alpha = pnorm(-3))))[, 1]
    mean <- sapply(at, function(t) mean(counts[(t - lag - 7):(t - lag - 1)]))
    padded(3 * (counts[at] - mean) / (upper - mean))
}
c1 <- deviation("C1", 0)
c2 <- deviation("C2", 2)
part <- pmax(c2 - 1, 0)
c3 <- part + c(NaN, part[-n]) + c(NaN, NaN, part[1:(n - 2)])

# The regressions run until nothing changes: R's usual 1e-8 shows in the sixth digit of the bound.
exact <- glm.control
formals(exact)$epsilon <- 1e-14
formals(exact)$maxit <- 100
assignInNamespace("glm.control", exact, ns = "stats")

# Weeks whose baseline is all there.
complete <- function(t) {
    !anyNA(suppressWarnings(surveillance:::refvalIdxByDate(as.Date(dates[t], origin = "1970-01-01"), years, 3,
                                                           "1 week", dates)))
}
range <- Filter(complete, (52 * years):n)
old <- suppressMessages(sts2disProg(weeks))
found <- algo.farrington(old, list(range = range, b = years, w = 3, reweight = TRUE, alpha = input[3], trend = TRUE,
                                   limit54 = c(0, 4), powertrans = "2/3"))
write.table(format(cbind(c1, c2, c3, padded(found$upperbound), padded(found$trend)), digits = 17), row.names = FALSE,
            col.names = FALSE, quote = FALSE)
