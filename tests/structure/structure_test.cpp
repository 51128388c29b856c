#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

fs::path const kRoot = RISKBILD_SOURCE_DIR;

// "geo_core:;importers:geo_core;tiles:geo_core,layers", the same table that CMake links by.
std::map<std::string, std::set<std::string>> allowed_folders()
{
    std::map<std::string, std::set<std::string>> allowed;
    std::regex const row{R"(([a-z_]+):([a-z_,]*))"};
    std::string const table = RISKBILD_FOLDER_TABLE;
    for (std::sregex_iterator it{table.begin(), table.end(), row}; it != std::sregex_iterator{}; ++it) {
        auto& uses = allowed[(*it)[1]];
        std::string const list = (*it)[2];
        std::regex const name{"[a-z_]+"};
        for (std::sregex_iterator use{list.begin(), list.end(), name}; use != std::sregex_iterator{}; ++use)
            uses.insert(use->str());
    }
    return allowed;
}

struct Include {
    std::string file;  // that has the line, relative to the root
    std::string header;
    bool quoted = false;
};

std::vector<Include> includes_below(std::string const& folder)
{
    std::vector<Include> includes;
    std::regex const line_form{R"(^\s*#\s*include\s*(["<])([^">]+)[">])"};
    for (auto const& entry : fs::recursive_directory_iterator{kRoot / folder}) {
        if (entry.path().extension() != ".hpp" && entry.path().extension() != ".cpp")
            continue;
        std::ifstream in{entry.path()};
        std::smatch match;
        for (std::string line; std::getline(in, line);)
            if (std::regex_search(line, match, line_form))
                includes.push_back({fs::relative(entry.path(), kRoot).string(), match[2], match[1] == "\""});
    }
    return includes;
}

TEST(Structure, FoldersIncludeDownwardsOnly)
{
    auto const allowed = allowed_folders();
    ASSERT_EQ(allowed.size(), 7U);
    for (auto const& [folder, uses] : allowed)
        for (auto const& include : includes_below(folder)) {
            if (!include.quoted)
                continue;
            auto const target = include.header.substr(0, include.header.find('/'));
            EXPECT_TRUE(target == folder || uses.contains(target))
                << include.file << " includes " << include.header;
        }
}

TEST(Structure, OutsideLibrariesAreMetInTheirPlaces)
{
    struct Library {
        std::string header;               // how its headers begin
        std::vector<std::string> places;  // where they may be met: a file or a folder with its slash
    };
    std::vector<Library> const libraries{
        {"proj", {"geo_core/crs.cpp"}},
        {"sqlite3.h", {"geo_core/store/"}},
        {"gdal", {"importers/readers/", "cli/"}},
        {"ogr", {"importers/readers/", "cli/"}},
        {"mapnik/", {"tiles/raster/"}},
        {"boost/beast", {"server/"}},
        {"boost/asio", {"server/"}},
        {"CLI/", {"cli/"}},
        {"geos_c.h", {"tiles/mvt/", "importers/areas/shape_repair.cpp"}},
        {"toml++/", {"geo_core/", "importers/", "tiles/"}},
        {"libdeflate.h", {"tiles/"}},
        {"archive", {"importers/readers/unpacker.cpp"}},
        {"osmium/", {"importers/osm/osm_extract.cpp"}},
        {"curl/", {"importers/fetch/web_client.cpp"}},
        {"protozero/", {"importers/gtfs_rt/alerts_protobuf.cpp"}},
        {"expat.h", {"importers/readers/xml_records.cpp"}},
    };
    for (auto const& [folder, uses] : allowed_folders())
        for (auto const& include : includes_below(folder)) {
            if (include.quoted)
                continue;
            for (auto const& library : libraries)
                if (include.header.starts_with(library.header))
                    EXPECT_TRUE(std::ranges::any_of(
                        library.places, [&](auto const& place) { return include.file.starts_with(place); }))
                        << include.file << " includes <" << include.header << ">";
        }
}

TEST(Structure, EveryHeaderIsReadOnce)
{
    for (auto const& [folder, uses] : allowed_folders())
        for (auto const& entry : fs::recursive_directory_iterator{kRoot / folder}) {
            if (entry.path().extension() != ".hpp")
                continue;
            std::ifstream in{entry.path()};
            std::string first;
            std::getline(in, first);
            EXPECT_EQ(first, "#pragma once") << entry.path();
        }
}

}  // namespace
