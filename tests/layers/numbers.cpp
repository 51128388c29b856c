#include "tests/layers/numbers.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numbers>
#include <sstream>

#include <unistd.h>

namespace riskbild::layers::testing {

std::optional<std::filesystem::path> shared_file(std::string const& path)
{
    char const* const set = std::getenv("RISKBILD_SHARED");
    auto const file = std::filesystem::path{set ? set : RISKBILD_SOURCE_DIR "/../shared"} / path;
    return std::filesystem::exists(file) ? std::optional{file} : std::nullopt;
}

std::vector<std::vector<std::string>> read_rows(std::filesystem::path const& csv, Header header)
{
    std::vector<std::vector<std::string>> rows;
    std::ifstream file{csv};
    std::string line;
    if (header == Header::skipped) {
        std::getline(file, line);
    }
    while (std::getline(file, line)) {
        std::erase(line, '"');
        std::erase(line, '\r');
        std::stringstream fields{line};
        rows.emplace_back();
        for (std::string field; std::getline(fields, field, ',');) {
            rows.back().push_back(field);
        }
    }
    return rows;
}

Points read_points(std::filesystem::path const& csv)
{
    Points points;
    for (auto const& row : read_rows(csv)) {
        points.add(std::stod(row[0]), std::stod(row[1]));
    }
    return points;
}

double Chance::next()
{
    state_ += 0x9e3779b97f4a7c15ULL;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

Points scattered(std::size_t count, std::uint64_t seed)
{
    Chance chance{seed};
    Points points;
    for (std::size_t i = 0; i < count; ++i) {
        bool const in_cluster = i % 3 != 0;
        double const east =
            in_cluster ? 8000.0 + 600.0 * (chance.next() - chance.next()) : 20'000.0 * chance.next();
        double const north =
            in_cluster ? 6000.0 + 600.0 * (chance.next() - chance.next()) : 15'000.0 * chance.next();
        points.add(640'000.0 + std::round(east * 8.0) / 8.0, 6'630'000.0 + std::round(north * 8.0) / 8.0);
    }
    return points;
}

double by_definition(Points const& points, double east, double north, Kernel kernel, double reach)
{
    auto const r = static_cast<long double>(reach);
    auto const disc = std::numbers::pi_v<long double> * r * r;
    long double sum = 0.0L;
    for (std::size_t i = 0; i < points.east.size(); ++i) {
        auto const dx = static_cast<long double>(points.east[i]) - static_cast<long double>(east);
        auto const dy = static_cast<long double>(points.north[i]) - static_cast<long double>(north);
        auto const v = (dx * dx + dy * dy) / (r * r);
        auto const w = points.weight.empty() ? 1.0L : static_cast<long double>(points.weight[i]);
        if (kernel == Kernel::gaussian) {
            sum += w * std::exp(-v / 2.0L) / (2.0L * disc);
        } else if (v <= 1.0L) {
            switch (kernel) {
                case Kernel::quartic:
                    sum += w * 3.0L / disc * (1.0L - v) * (1.0L - v);
                    break;
                case Kernel::epanechnikov:
                    sum += w * 2.0L / disc * (1.0L - v);
                    break;
                case Kernel::triangular:
                    sum += w * 3.0L / disc * (1.0L - std::sqrt(v));
                    break;
                default:
                    sum += w / disc;
                    break;
            }
        }
    }
    return static_cast<double>(sum);
}

std::optional<TimedPoints> peer_points(int count)
{
    auto const script = shared_file("peers/points/points.py");
    if (!script) {
        return std::nullopt;
    }
    auto const out =
        std::filesystem::temp_directory_path() /
        ("riskbild-peer-points-" + std::to_string(count) + "-" + std::to_string(::getpid()) + ".csv");
    bool made = false;
    // The first Python need not be the one that has numpy.
    for (std::string const python : {"python3", "/usr/bin/python3"}) {
        auto const command = python + " '" + script->string() + "' " + std::to_string(count) + " '" +
                             out.string() + "' 2>/dev/null";
        made = made || std::system(command.c_str()) == 0;
    }
    std::optional<TimedPoints> points;
    if (made) {
        points.emplace();
        for (auto const& row : read_rows(out)) {
            points->east.push_back(std::stod(row[1]));
            points->north.push_back(std::stod(row[2]));
            points->day.push_back(std::stod(row[3]));
        }
    }
    std::filesystem::remove(out);
    return points;
}

std::optional<std::vector<double>> ask_python(std::string const& script, std::string const& input)
{
    auto const path = std::filesystem::temp_directory_path() /
                      ("riskbild-" + script + "-" + std::to_string(std::hash<std::string>{}(input)) + ".txt");
    std::ofstream{path} << input;
    auto const command = "python3 " RISKBILD_SOURCE_DIR "/tests/reference/" + script + " < '" +
                         path.string() + "' 2>/dev/null";
    std::FILE* const pipe = popen(command.c_str(), "r");
    std::vector<double> numbers;
    if (pipe != nullptr) {
        double number = 0.0;
        while (std::fscanf(pipe, "%lf", &number) == 1) {
            numbers.push_back(number);
        }
    }
    bool const answered = pipe != nullptr && pclose(pipe) == 0;
    std::filesystem::remove(path);
    if (!answered && std::system("python3 -c '' >/dev/null 2>&1") == 0) {
        return std::vector<double>{};  // python3 is there and the script failed: the test must not pass
    }
    return answered ? std::optional{numbers} : std::nullopt;
}

}  // namespace riskbild::layers::testing
