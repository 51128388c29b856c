#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace riskbild::benchmarks {

/// Points in metres of SWEREF 99 TM with a day, as the statistics benchmarks use them.
struct TimedPoints {
    std::vector<double> east, north;
    std::vector<double> day;  ///< since 2022-01-01, with fractions
};

/// Clustered incidents in Uppsala län, always the same: 45 % in towns, 25 % at 400 hot spots, 15 % exact
/// repeats at 3 000 addresses, 15 % anywhere; a tenth re-drawn near another in place and time. Whole metres,
/// three years.
TimedPoints made_up_points(std::size_t count);

/// Columns id,x,y,t,kind as another program wrote them. Stops the program with a sentence when it cannot.
TimedPoints read_points(std::string const& csv);
void write_points(TimedPoints const& points, std::string const& csv);

/// Seconds of processor time of this process so far, user and system.
double cpu_seconds();

/// Largest resident size of this process so far, MB.
long peak_megabytes();

}  // namespace riskbild::benchmarks
