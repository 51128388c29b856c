#include "tests/tiles/golden.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include <fmt/format.h>

namespace riskbild::testing {

std::string golden_bytes(std::string const& name, std::string const& bytes)
{
    auto const file = std::filesystem::path{RISKBILD_SOURCE_DIR} / "tests" / "golden" / "tiles" / name;
    auto const* const bless = std::getenv("RISKBILD_BLESS");
    if (bless != nullptr && std::string{bless} == "1") {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream{file, std::ios::binary} << bytes;
    }
    auto in = std::ifstream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::string differs_from_golden(std::string const& name, std::string const& text)
{
    auto const golden = golden_bytes(name, text);
    if (golden == text) {
        return {};
    }
    auto is = std::istringstream{text};
    auto was = std::istringstream{golden};
    auto is_line = std::string{};
    auto was_line = std::string{};
    for (int line = 1;; ++line) {
        auto const more = static_cast<bool>(std::getline(is, is_line));
        auto const expected = static_cast<bool>(std::getline(was, was_line));
        if (more != expected || is_line != was_line) {
            return fmt::format("{} line {}:\nexpected {}\nbut got  {}", name, line,
                               expected ? was_line : "the end", more ? is_line : "the end");
        }
    }
}

}  // namespace riskbild::testing
