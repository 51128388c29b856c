#include "importers/gtfs/gtfs_files.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/text.hpp"
#include "importers/readers/archive.hpp"

namespace riskbild::importers {
namespace {

namespace fs = std::filesystem;

class GtfsFolder : public GtfsFiles {
public:
    GtfsFolder(fs::path folder, std::string name) : folder_(std::move(folder)), name_(std::move(name))
    {
        std::error_code error;
        for (auto const& entry : fs::directory_iterator{folder_, error})
            if (entry.path().extension() == ".txt")
                tables_.push_back(entry.path().filename().string());
        std::ranges::sort(tables_);
    }

    [[nodiscard]] std::string const& name() const override { return name_; }
    [[nodiscard]] std::vector<std::string> tables() const override { return tables_; }
    [[nodiscard]] bool has(std::string const& table) const override
    {
        return std::ranges::binary_search(tables_, table);
    }

    Result<ByteSource> open(std::string const& table) override
    {
        if (!has(table))
            return fail(ErrorCode::not_found, fmt::format("{} has no {}", name_, table));
        return ByteSource::open((folder_ / table).string());
    }

private:
    fs::path folder_;
    std::string name_;
    std::vector<std::string> tables_;
};

/// Tables are unpacked as they are read, so that what is not needed costs nothing and the archive's limits
/// hold.
class GtfsArchive : public GtfsFiles {
public:
    GtfsArchive(Archive opened, std::string folder) : archive_(std::move(opened)), folder_(std::move(folder))
    {
        for (auto const& member : archive_.members())
            if (member.name.starts_with(folder_) && member.name.ends_with(".txt"))
                tables_.push_back(member.name.substr(folder_.size()));
        std::ranges::sort(tables_);
    }

    [[nodiscard]] std::string const& name() const override { return archive_.name(); }
    [[nodiscard]] std::vector<std::string> tables() const override { return tables_; }
    [[nodiscard]] bool has(std::string const& table) const override
    {
        return std::ranges::binary_search(tables_, table);
    }

    Result<ByteSource> open(std::string const& table) override
    {
        if (!has(table))
            return fail(ErrorCode::not_found, fmt::format("{} has no {}", name(), table));
        return archive_.open_member(folder_ + table);
    }

private:
    Archive archive_;
    std::string folder_;  // of the archive, with its slash; empty: its top
    std::vector<std::string> tables_;
};

std::string folder_in(std::string const& member)
{
    return member.substr(0, member.rfind('/') + 1);
}

// Where in the archive the feed lies: at the top, as the format asks for, else in the one folder with stops.
Result<std::string> folder_of_feed(Archive const& archive)
{
    constexpr std::string_view kStops = "stops.txt";
    std::vector<std::string> found;
    for (auto const& member : archive.members())
        if (member.name.ends_with(kStops) &&
            member.name.size() - kStops.size() == folder_in(member.name).size())
            found.push_back(member.name);
    if (found.empty() || std::ranges::find(found, kStops) != found.end())
        return std::string{};
    if (found.size() == 1)
        return folder_in(found.front());
    return fail(ErrorCode::unreadable,
                fmt::format("{} holds several feeds: {}; unpack it and give the folder of one",
                            archive.name(), fmt::join(found, ", ")),
                "files");
}

Result<void> refuse_doubles(Archive const& archive)
{
    std::vector<std::string> names;
    for (auto const& member : archive.members())
        names.push_back(member.name);
    std::ranges::sort(names);
    auto const twice = std::ranges::adjacent_find(names);
    if (twice == names.end())
        return {};
    return fail(ErrorCode::unreadable,
                fmt::format("{} holds two files named {}: which is meant cannot be told; pack the feed anew",
                            archive.name(), shortened(*twice)),
                "files");
}

Result<std::unique_ptr<GtfsFiles>> open_archive(std::string const& path)
{
    auto archive = Archive::open(path);
    if (!archive)
        return Failure{archive.error()};
    if (auto const good = refuse_doubles(*archive); !good)
        return Failure{good.error()};
    auto folder = folder_of_feed(*archive);
    if (!folder)
        return Failure{folder.error()};
    return std::make_unique<GtfsArchive>(std::move(*archive), std::move(*folder));
}

}  // namespace

Result<std::unique_ptr<GtfsFiles>> open_gtfs(std::string const& path)
{
    std::error_code error;
    auto const status = fs::status(path, error);
    if (!fs::exists(status))
        return fail(ErrorCode::not_found, fmt::format("there is no file or folder {}", path), "files");
    auto const whole = fs::path{path}.lexically_normal();
    auto const name = (whole.has_filename() ? whole : whole.parent_path()).filename().string();
    if (fs::is_directory(status))
        return std::make_unique<GtfsFolder>(path, name);
    return open_archive(path);
}

}  // namespace riskbild::importers
