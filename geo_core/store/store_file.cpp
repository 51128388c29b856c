#include "geo_core/store/store_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/county_table.hpp"

namespace riskbild::store {

namespace {

namespace fs = std::filesystem;

fs::path beside(fs::path const& file, char const* suffix)
{
    return {file.string() + suffix};
}

fs::path folder_of(fs::path const& file)
{
    return fs::absolute(file).parent_path();
}

/// Fewer, larger pages than SQLite's 4096 bytes: a report with its payload fills a good part of one.
constexpr char const* kPageSize = "PRAGMA page_size = 8192";

/// Removes what a failed creation leaves.
class Draft {
public:
    explicit Draft(fs::path const& file) : path_(file.string() + ".new-" + random_epoch()) {}
    ~Draft()
    {
        for (char const* const suffix : {"", "-journal", "-wal", "-shm"}) {
            std::error_code ignored;
            fs::remove(beside(path_, suffix), ignored);
        }
    }
    Draft(Draft const&) = delete;
    Draft& operator=(Draft const&) = delete;
    [[nodiscard]] fs::path const& path() const { return path_; }

private:
    fs::path path_;
};

[[noreturn]] void refuse_existing(fs::path const& file)
{
    throw StoreFailure(ErrorCode::wrong_use, fmt::format("{} exists already", file.string()));
}

void require_place_for(fs::path const& file)
{
    std::error_code error;
    if (fs::exists(fs::symlink_status(file, error))) {
        refuse_existing(file);
    }
    auto const folder = folder_of(file);
    if (!fs::is_directory(folder, error)) {
        throw StoreFailure(
            error == std::errc::permission_denied ? ErrorCode::unwritable : ErrorCode::not_found,
            fmt::format("{} cannot be made: the folder {} does not exist or may not be entered",
                        file.string(), folder.string()));
    }
}

/// Makes a name in a folder survive a power cut.
void sync_folder(fs::path const& folder)
{
    int const handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
}

void give_name(fs::path const& draft, fs::path const& file)
{
    int status = ::renameat2(AT_FDCWD, draft.c_str(), AT_FDCWD, file.c_str(), RENAME_NOREPLACE);
    if (status != 0 && errno == EINVAL) {
        // A file system that cannot refuse to replace; the check before must do.
        status = std::rename(draft.c_str(), file.c_str());
    }
    if (status != 0 && errno == EEXIST) {
        refuse_existing(file);
    }
    if (status != 0) {
        throw StoreFailure(ErrorCode::unwritable, fmt::format("{} cannot be made", file.string()));
    }
    sync_folder(folder_of(file));
}

void fill_draft(fs::path const& draft, Profile const& profile, AreaSet const& areas,
                std::span<Migration const> schema)
{
    Connection connection(draft, Connection::Mode::create);
    connection.execute(kPageSize);
    Transaction transaction(connection, Transaction::Kind::write);
    migrate(connection, 0, schema);
    write_county(connection, profile, areas);
    transaction.commit();
    connection.execute("PRAGMA journal_mode = WAL");
}

void require_readable(fs::path const& file)
{
    std::error_code error;
    auto const status = fs::status(file, error);
    if (error == std::errc::permission_denied) {
        throw StoreFailure(ErrorCode::unreadable,
                           fmt::format("{} cannot be read: no permission for its folder", file.string()));
    }
    if (!fs::exists(status)) {
        throw StoreFailure(ErrorCode::not_found, fmt::format("{} does not exist", file.string()));
    }
    if (fs::is_directory(status)) {
        throw StoreFailure(ErrorCode::unreadable,
                           fmt::format("{} is a folder, expected a GeoPackage file", file.string()));
    }
    if (::faccessat(AT_FDCWD, file.c_str(), R_OK, AT_EACCESS) != 0) {
        throw StoreFailure(ErrorCode::unreadable,
                           fmt::format("{} cannot be read: no permission", file.string()));
    }
    if (fs::file_size(file, error) == 0) {
        throw StoreFailure(ErrorCode::damaged,
                           fmt::format("{} is empty, expected a GeoPackage", file.string()));
    }
}

void bring_up_to_date(Connection& connection, std::span<Migration const> schema)
{
    if (schema_version(connection, schema) == schema.back().version) {
        return;
    }
    Transaction transaction(connection, Transaction::Kind::write);
    migrate(connection, schema_version(connection, schema), schema);
    transaction.commit();
}

void require_up_to_date(Connection& connection, std::span<Migration const> schema)
{
    if (auto const version = schema_version(connection, schema); version < schema.back().version) {
        throw StoreFailure(
            ErrorCode::unwritable,
            fmt::format("{} has the older schema {}; open it once with write permission to bring "
                        "it to {}",
                        connection.file().string(), version, schema.back().version));
    }
}

}  // namespace

void create_store_file(fs::path const& file, Profile const& profile, AreaSet const& areas,
                       std::span<Migration const> schema)
{
    require_place_for(file);
    Draft const draft(file);
    try {
        fill_draft(draft.path(), profile, areas, schema);
    } catch (StoreFailure const& failure) {
        // People know the name they asked for, not the draft's.
        auto error = failure.error();
        if (error.code == ErrorCode::not_found) {
            throw StoreFailure(
                ErrorCode::unwritable,
                fmt::format("{} cannot be made: the folder is read-only or not yours", file.string()));
        }
        if (auto const at = error.message.find(draft.path().string()); at != std::string::npos) {
            error.message.replace(at, draft.path().string().size(), file.string());
        }
        throw StoreFailure(std::move(error));
    }
    give_name(draft.path(), file);
}

StoreReader::StoreReader(fs::path file, Store::Access access, std::span<Migration const> schema)
    : file_(std::move(file)), access_(access), schema_(schema)
{
    open();
}

Connection& StoreReader::connection()
{
    if (alone_ && *alone_ != stamp_of(file_)) {
        open();
    }
    return *connection_;
}

StoreReader::Stamp StoreReader::stamp_of(fs::path const& file)
{
    std::error_code ignored;
    return {fs::last_write_time(file, ignored), fs::file_size(file, ignored),
            fs::exists(beside(file, "-wal"), ignored)};
}

void StoreReader::open()
{
    require_readable(file_);
    alone_.reset();
    if (access_ == Store::Access::read_only) {
        open_for_reading();
        require_up_to_date(*connection_, schema_);
        return;
    }
    connection_ = std::make_unique<Connection>(file_, Connection::Mode::read_write);
    if (sqlite3_db_readonly(connection_->handle(), "main") != 0) {
        throw StoreFailure(ErrorCode::unwritable,
                           fmt::format("{} cannot be written: it is read-only or not yours", file_.string()));
    }
    bring_up_to_date(*connection_, schema_);
}

void StoreReader::open_for_reading()
{
    // Without a write-ahead log there is nothing to share; where one may come to be, SQLite wants its index.
    try {
        connection_ = std::make_unique<Connection>(file_, Connection::Mode::read_only);
        (void)connection_->integer("SELECT count(*) FROM sqlite_master");
        return;
    } catch (StoreFailure const& failure) {
        // Nor can SQLite make its index where the disk is full.
        auto const code = failure.error().code;
        if (code != ErrorCode::unwritable && code != ErrorCode::not_found && code != ErrorCode::full) {
            throw;
        }
    }
    auto const stamp = stamp_of(file_);
    std::error_code ignored;
    if (stamp.log && fs::file_size(beside(file_, "-wal"), ignored) > 0) {
        throw StoreFailure(
            ErrorCode::unwritable,
            fmt::format("{} has unfinished writes in {}-wal: open it once with write permission",
                        file_.string(), file_.filename().string()));
    }
    connection_ = std::make_unique<Connection>(file_, Connection::Mode::immutable);
    alone_ = stamp;
}

}  // namespace riskbild::store
