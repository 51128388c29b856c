#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

namespace riskbild::importers {

/// A folder that is gone after the test.
class TemporaryFolder {
public:
    TemporaryFolder()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "riskbild-importers-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

    /// Writes a file. \return its path
    std::string write(std::string const& name, std::string_view content) const
    {
        auto const file = path_ / name;
        std::ofstream{file, std::ios::binary} << content;
        return file.string();
    }

private:
    std::filesystem::path path_;
};

inline std::string read_all(std::filesystem::path const& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// Where the real files are; empty when they are not here.
inline std::filesystem::path shared_data()
{
    auto const* set = std::getenv("RISKBILD_SHARED");
    auto const folder =
        std::filesystem::path{set != nullptr ? set : RISKBILD_SOURCE_DIR "/../shared"} / "data";
    return std::filesystem::exists(folder) ? folder : std::filesystem::path{};
}

#define RISKBILD_NEEDS_REAL_FILES() \
    if (shared_data().empty())      \
    GTEST_SKIP() << "the real files are not here; name their folder in RISKBILD_SHARED"

}  // namespace riskbild::importers
