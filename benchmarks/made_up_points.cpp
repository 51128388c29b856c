#include "benchmarks/made_up_points.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numbers>

namespace riskbild::benchmarks {
namespace {

constexpr double kWest = 590'000.0, kEast = 710'000.0, kSouth = 6'590'000.0, kNorth = 6'740'000.0;
constexpr double kDays = 1096.0;

class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    double part()
    {
        state_ += 0x9e3779b97f4a7c15ULL;
        auto z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    }
    double normal()
    {
        return std::sqrt(-2.0 * std::log(1.0 - part())) * std::cos(2.0 * std::numbers::pi * part());
    }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(part() * static_cast<double>(n)); }
    /// An index by cumulative weights.
    std::size_t weighted(std::vector<double> const& cumulative)
    {
        auto const at = std::upper_bound(cumulative.begin(), cumulative.end(), part() * cumulative.back());
        return std::min(static_cast<std::size_t>(at - cumulative.begin()), cumulative.size() - 1);
    }

private:
    std::uint64_t state_;
};

struct Town {
    double east, north, deviation, share;
};
constexpr std::array<Town, 8> kTowns = {{{648'000, 6'639'000, 3500, .55},
                                         {612'000, 6'611'000, 1500, .13},
                                         {656'500, 6'623'500, 1000, .06},
                                         {633'000, 6'606'000, 1200, .08},
                                         {634'000, 6'693'000, 1000, .06},
                                         {682'000, 6'682'000, 1000, .05},
                                         {627'000, 6'722'000, 900, .04},
                                         {603'000, 6'646'000, 900, .03}}};

struct Spot {
    double east, north;
};

std::vector<double> cumulative(std::size_t count, double power)
{
    std::vector<double> sums;
    double sum = 0.0;
    for (std::size_t i = 1; i <= count; ++i) {
        sums.push_back(sum += std::pow(static_cast<double>(i), -power));
    }
    return sums;
}

Spot in_town(Chance& chance)
{
    double at = chance.part();
    std::size_t i = 0;
    while (i + 1 < kTowns.size() && at >= kTowns[i].share) {
        at -= kTowns[i++].share;
    }
    auto const& town = kTowns[i];
    return {town.east + town.deviation * chance.normal(), town.north + town.deviation * chance.normal()};
}

double on_map(double value, double low, double high)
{
    return std::round(std::clamp(value, low, high - 1.0));
}

}  // namespace

TimedPoints made_up_points(std::size_t count)
{
    Chance catalogue{7};
    std::vector<Spot> hot(400), addresses(3000);
    std::generate(hot.begin(), hot.end(), [&] { return in_town(catalogue); });
    std::generate(addresses.begin(), addresses.end(), [&] { return in_town(catalogue); });
    auto const hot_weights = cumulative(hot.size(), 0.8);
    auto const address_weights = cumulative(addresses.size(), 1.0);

    Chance chance{20240501 + count};
    TimedPoints points;
    for (std::size_t i = 0; i < count; ++i) {
        double const which = chance.part();
        Spot spot{};
        if (which < 0.45) {
            spot = in_town(chance);
        } else if (which < 0.70) {
            auto const& centre = hot[chance.weighted(hot_weights)];
            spot = {centre.east + 60.0 * chance.normal(), centre.north + 60.0 * chance.normal()};
        } else if (which < 0.85) {
            spot = addresses[chance.weighted(address_weights)];
        } else {
            spot = {kWest + (kEast - kWest) * chance.part(), kSouth + (kNorth - kSouth) * chance.part()};
        }
        double day = kDays * chance.part();
        if (i > 0 && chance.part() < 0.10) {  // a near repeat of an earlier one
            auto const parent = chance.below(i);
            double const reach = chance.part() > 0.3 ? 100.0 * std::sqrt(chance.part()) : 0.0;
            double const angle = 2.0 * std::numbers::pi * chance.part();
            spot = {points.east[parent] + reach * std::cos(angle),
                    points.north[parent] + reach * std::sin(angle)};
            day = std::min(points.day[parent] - 5.0 * std::log(1.0 - chance.part()), kDays - 1e-4);
        }
        points.east.push_back(on_map(spot.east, kWest, kEast));
        points.north.push_back(on_map(spot.north, kSouth, kNorth));
        points.day.push_back(day);
    }
    return points;
}

TimedPoints read_points(std::string const& csv)
{
    std::ifstream file{csv};
    TimedPoints points;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        double x = 0.0, y = 0.0, t = 0.0;
        if (std::sscanf(line.c_str(), "%*[^,],%lf,%lf,%lf", &x, &y, &t) == 3) {
            points.east.push_back(x);
            points.north.push_back(y);
            points.day.push_back(t);
        }
    }
    if (points.east.empty()) {
        std::fprintf(stderr, "%s holds no points; expected a header and lines id,x,y,t,kind\n", csv.c_str());
        std::exit(1);
    }
    return points;
}

void write_points(TimedPoints const& points, std::string const& csv)
{
    std::FILE* const file = std::fopen(csv.c_str(), "w");
    if (file == nullptr) {
        std::fprintf(stderr, "%s cannot be written\n", csv.c_str());
        std::exit(1);
    }
    std::fputs("id,x,y,t,kind\n", file);
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        std::fprintf(file, "%zu,%.0f,%.0f,%.4f,0\n", i, points.east[i], points.north[i], points.day[i]);
    }
    std::fclose(file);
}

double cpu_seconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    auto const seconds = [](timeval const& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long peak_megabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

}  // namespace riskbild::benchmarks
