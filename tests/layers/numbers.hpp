#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "layers/density/density_kernel.hpp"

namespace riskbild::layers::testing {

/// A file of $RISKBILD_SHARED (default: `../shared` beside the source tree); nothing where it is absent.
std::optional<std::filesystem::path> shared_file(std::string const& path);

enum class Header : std::uint8_t { skipped, none };
/// Rows of text, quotes removed.
std::vector<std::vector<std::string>> read_rows(std::filesystem::path const& csv,
                                                Header header = Header::skipped);

/// Columns of points that own their numbers.
struct Points {
    std::vector<double> east, north, weight;
    [[nodiscard]] PointSet set() const { return {east, north, weight}; }
    void add(double e, double n)
    {
        east.push_back(e);
        north.push_back(n);
    }
};
Points read_points(std::filesystem::path const& csv);

/// Numbers in [0, 1) that are the same everywhere (splitmix64).
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    double next();

private:
    std::uint64_t state_;
};

/// Points in clusters and alone, in a box of 20 × 15 km near Uppsala, on whole eighths of a metre, so that
/// moving them by whole kilometres is exact.
Points scattered(std::size_t count, std::uint64_t seed);

/// The definition itself, in long double: Σ w k(d) at one place.
double by_definition(Points const& points, double east, double north, Kernel kernel, double reach);

/// Points with a time in days, with fractions to four places.
struct TimedPoints {
    std::vector<double> east, north;
    std::vector<double> day;
};
/// The points on which peers are measured, made by their own script; nothing without it or numpy.
std::optional<TimedPoints> peer_points(int count);

/// What a script in tests/reference prints, one number to a line; nothing without python3.
std::optional<std::vector<double>> ask_python(std::string const& script, std::string const& input);

}  // namespace riskbild::layers::testing
