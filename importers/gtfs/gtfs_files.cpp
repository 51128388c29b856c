#include "importers/gtfs/gtfs_files.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <unistd.h>

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

/// A folder that is gone with it.
class TemporaryFolder {
public:
    TemporaryFolder()
    {
        auto pattern = (fs::temp_directory_path() / "riskbild-gtfs-XXXXXX").string();
        if (auto const* const made = ::mkdtemp(pattern.data()))
            path_ = made;
    }
    TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        if (!path_.empty())
            fs::remove_all(path_, ignored);
    }
    [[nodiscard]] fs::path const& path() const { return path_; }

private:
    fs::path path_;
};

/// Tables of an archive are written out once, so that each is read as a stream and memory stays bounded.
class GtfsArchive : public GtfsFolder {
public:
    GtfsArchive(TemporaryFolder folder, std::string name)
        : GtfsFolder(folder.path(), std::move(name)), folder_(std::move(folder))
    {
    }

private:
    TemporaryFolder folder_;
};

struct CloseArchive {
    void operator()(archive* handle) const { archive_read_free(handle); }
};

/// Larger than the tables of all of Sweden; an archive made to harm ends here.
constexpr std::int64_t kMostBytes = std::int64_t{16} << 30;

Failure damaged(std::string const& name, archive* handle)
{
    auto const* const reason = archive_error_string(handle);
    return fail(ErrorCode::unreadable, fmt::format("{} cannot be read as a zip of GTFS tables: {}", name,
                                                   reason == nullptr ? "it is damaged" : reason));
}

Result<std::int64_t> write_entry(archive* handle, fs::path const& file, std::string const& name)
{
    std::ofstream out{file, std::ios::binary};
    void const* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    std::int64_t written = 0;
    while (true) {
        auto const status = archive_read_data_block(handle, &bytes, &size, &offset);
        if (status == ARCHIVE_EOF)
            break;
        if (status != ARCHIVE_OK)
            return damaged(name, handle);
        written += static_cast<std::int64_t>(size);
        if (written > kMostBytes)
            return fail(ErrorCode::too_large, fmt::format("{} holds more than 16 GB", name));
        out.write(static_cast<char const*>(bytes), static_cast<std::streamsize>(size));
    }
    out.close();
    if (!out)
        return fail(ErrorCode::full, fmt::format("{} cannot be unpacked into {}: is the disk full", name,
                                                 file.parent_path().string()));
    return written;
}

Result<std::unique_ptr<GtfsFiles>> open_archive(std::string const& path, std::string const& name)
{
    TemporaryFolder folder;
    if (folder.path().empty())
        return fail(ErrorCode::unwritable, "there is no place for temporary files; set TMPDIR");
    std::unique_ptr<archive, CloseArchive> const handle{archive_read_new()};
    archive_read_support_format_zip(handle.get());
    constexpr std::size_t kBlock = std::size_t{1} << 16;
    if (archive_read_open_filename(handle.get(), path.c_str(), kBlock) != ARCHIVE_OK)
        return damaged(name, handle.get());
    std::int64_t bytes = 0;
    while (true) {
        archive_entry* entry = nullptr;
        auto const status = archive_read_next_header(handle.get(), &entry);
        if (status == ARCHIVE_EOF)
            break;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return damaged(name, handle.get());
        // Tables may lie in a folder of the archive; only the last part of a name is ever written to.
        auto const* const entry_name = archive_entry_pathname_utf8(entry);
        auto const table = entry_name == nullptr ? fs::path{} : fs::path{entry_name}.filename();
        if (archive_entry_filetype(entry) != AE_IFREG || table.extension() != ".txt" ||
            table.string().starts_with('.'))
            continue;
        auto const written = write_entry(handle.get(), folder.path() / table, name);
        if (!written)
            return Failure{written.error()};
        bytes += *written;
        if (bytes > kMostBytes)
            return fail(ErrorCode::too_large, fmt::format("{} holds more than 16 GB", name));
    }
    return std::make_unique<GtfsArchive>(std::move(folder), name);
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
    return open_archive(path, name);
}

}  // namespace riskbild::importers
