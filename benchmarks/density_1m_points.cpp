// Promise: the exact density of 1 M points on 1280 × 960 cells over 120 × 150 km takes at most 0.8
// CPU-seconds with a radius of 1 km and 1.5 with 5 km. Measured beside point-by-point scattering in the same
// run, whose results must be the same.
//
// usage: density_1m_points [POINTS.csv] [--yardstick PROGRAM]
//   POINTS.csv  lines id,x,y,t,kind; without it, 1 M made-up points
//   PROGRAM     another implementation, run as PROGRAM POINTS.csv 1280 960 2 RADIUS 1 OUT.bin: it writes the
//               quartic density as doubles and prints its own times

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

#include "benchmarks/made_up_points.hpp"
#include "layers/density/density_kernel.hpp"

namespace {

using namespace riskbild::layers;
using namespace riskbild::benchmarks;

constexpr CellGrid kWindow{.west = 590'000,
                           .south = 6'590'000,
                           .width = 120'000.0 / 1280,
                           .height = 150'000.0 / 960,
                           .cols = 1280,
                           .rows = 960};

/// Adds every point to every cell within its radius, in the order of the points.
std::vector<double> scatter(TimedPoints const& points, double radius)
{
    std::vector<double> values(kWindow.size(), 0.0);
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        double const x = points.east[i] - kWindow.west;
        double const y = points.north[i] - kWindow.south;
        auto const first = [](double at, double size) {
            return std::max(0, static_cast<int>(std::ceil(at / size - 0.5)));
        };
        auto const row_end =
            std::min(kWindow.rows, static_cast<int>(std::floor((y + radius) / kWindow.height - 0.5)) + 1);
        for (int row = first(y - radius, kWindow.height); row < row_end; ++row) {
            double const dy = (row + 0.5) * kWindow.height - y;
            double const half = std::sqrt(std::max(radius * radius - dy * dy, 0.0));
            double const rest = 1.0 - dy * dy / (radius * radius);
            auto const end =
                std::min(kWindow.cols, static_cast<int>(std::floor((x + half) / kWindow.width - 0.5)) + 1);
            double* const line =
                &values[static_cast<std::size_t>(row) * static_cast<std::size_t>(kWindow.cols)];
            for (int col = first(x - half, kWindow.width); col < end; ++col) {
                double const dx = (col + 0.5) * kWindow.width - x;
                double const u = rest - dx * dx * (1.0 / (radius * radius));
                line[col] += u * u;
            }
        }
    }
    for (auto& value : values) {
        value *= 3.0 / (std::numbers::pi * radius * radius);
    }
    return values;
}

/// Largest difference as a part of the largest value; the promise allows 1e-9 · value + 1e-12 · largest.
bool same(std::vector<double> const& ours, std::vector<double> const& theirs, char const* name)
{
    double const largest = *std::max_element(theirs.begin(), theirs.end());
    double difference = 0.0;
    bool within = ours.size() == theirs.size();
    for (std::size_t i = 0; within && i < ours.size(); ++i) {
        double const apart = std::abs(ours[i] - theirs[i]);
        difference = std::max(difference, apart);
        within = apart <= 1e-9 * theirs[i] + 1e-12 * largest;
    }
    std::printf("    %s: %s, largest difference %.1e of the largest value\n", name,
                within ? "same result" : "DIFFERENT RESULT", difference / largest);
    return within;
}

std::vector<double> run_yardstick(std::string const& program, std::string const& csv, double radius)
{
    auto const out = (std::filesystem::temp_directory_path() / "density-yardstick.bin").string();
    std::printf("    ");
    std::fflush(stdout);
    auto const command =
        "'" + program + "' '" + csv + "' 1280 960 2 " + std::to_string(radius) + " 1 '" + out + "'";
    std::vector<double> values(kWindow.size());
    if (std::system(command.c_str()) == 0) {
        std::ifstream{out, std::ios::binary}.read(
            reinterpret_cast<char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(double)));
    }
    std::filesystem::remove(out);
    return values;
}

}  // namespace

int main(int count, char** arguments)
{
    std::string csv;
    std::string yardstick;
    for (int i = 1; i < count; ++i) {
        if (std::string{arguments[i]} == "--yardstick" && i + 1 < count) {
            yardstick = arguments[++i];
        } else {
            csv = arguments[i];
        }
    }
    auto const points = csv.empty() ? made_up_points(1'000'000) : read_points(csv);
    std::optional<std::string> written;
    if (!yardstick.empty() && csv.empty()) {
        written = csv = (std::filesystem::temp_directory_path() / "density-points.csv").string();
        write_points(points, csv);
    }
    std::printf("%zu points, 1280 x 960 cells over 120 x 150 km, quartic; CPU seconds\n", points.east.size());
    long const before = peak_megabytes();
    bool all_same = true;
    for (double const radius : {1000.0, 5000.0}) {
        double best = 1e9;
        std::vector<double> ours;
        for (int repeat = 0; repeat < 3; ++repeat) {
            double const begin = cpu_seconds();
            ours = density_at({points.east, points.north}, kWindow, {Kernel::quartic, radius, 1}).value();
            best = std::min(best, cpu_seconds() - begin);
        }
        long const memory = peak_megabytes() - before;
        double const begin = cpu_seconds();
        auto const scattered = scatter(points, radius);
        double const plain = cpu_seconds() - begin;
        std::printf("radius %4.0f m: ours %.3f (best of 3, peak +%ld MB), plain scatter %.3f, ratio %.1f\n",
                    radius, best, memory, plain, plain / best);
        all_same = same(ours, scattered, "plain scatter") && all_same;
        if (!yardstick.empty()) {
            all_same = same(ours, run_yardstick(yardstick, csv, radius), "yardstick") && all_same;
        }
        for (auto const kernel :
             {Kernel::epanechnikov, Kernel::uniform, Kernel::triangular, Kernel::gaussian}) {
            double const reach = kernel == Kernel::gaussian ? radius / std::sqrt(8.0) : radius;
            double const start = cpu_seconds();
            static_cast<void>(density_at({points.east, points.north}, kWindow, {kernel, reach, 1}));
            std::printf("    %s %.3f\n", std::string{name_of(kernel)}.c_str(), cpu_seconds() - start);
        }
    }
    if (written) {
        std::filesystem::remove(*written);
    }
    return all_same ? 0 : 1;
}
