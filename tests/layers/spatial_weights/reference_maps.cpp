#include "tests/layers/spatial_weights/reference_maps.hpp"

#include <fstream>
#include <map>
#include <sstream>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers::testing {
namespace {

/// Neighbours of each area by its name: a head, then lines in pairs, an area with how many and those.
std::map<std::string, std::vector<std::string>> read_gal(std::filesystem::path const& file)
{
    std::map<std::string, std::vector<std::string>> neighbours;
    std::ifstream lines{file};
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::stringstream head{line};
        std::string name;
        head >> name;
        std::getline(lines, line);
        std::stringstream row{line};
        auto& listed = neighbours[name];
        for (std::string other; row >> other;) {
            listed.push_back(other);
        }
    }
    return neighbours;
}

std::optional<ReferenceMap> read_map(std::string const& csv, std::string const& gal, std::size_t name_column,
                                     std::size_t value_column, std::size_t head_lines = 1)
{
    auto const table = shared_file("data/reference/" + csv);
    auto const contacts = shared_file("data/reference/" + gal);
    if (!table || !contacts) {
        return std::nullopt;
    }
    ReferenceMap map;
    map.expected = read_rows(*table);
    map.expected.erase(map.expected.begin(),
                       map.expected.begin() + static_cast<std::ptrdiff_t>(head_lines - 1));
    std::map<std::string, std::size_t> index;
    for (auto const& row : map.expected) {
        index[row.at(name_column)] = map.values.size();
        map.values.push_back(std::stod(row.at(value_column)));
    }
    std::vector<std::vector<std::size_t>> neighbours(map.values.size());
    for (auto const& [name, listed] : read_gal(*contacts)) {
        for (auto const& other : listed) {
            neighbours.at(index.at(name)).push_back(index.at(other));
        }
    }
    map.binary = contiguity(neighbours);
    return map;
}

}  // namespace

std::optional<ReferenceMap> desmith()
{
    return read_map("desmith.txt", "desmith.gal", 0, 1, 2);
}

std::optional<ReferenceMap> sids2()
{
    return read_map("expected_sids2_SIDR74.csv", "sids2.gal", 0, 1);
}

std::optional<ReferenceMap> stl()
{
    return read_map("expected_stl_HR8893.csv", "stl.gal", 0, 1);
}

std::optional<ReferenceMap> columbus()
{
    return read_map("ref_spdep_columbus_CRIME.csv", "columbus/columbus.gal", 0, 1);
}

}  // namespace riskbild::layers::testing
