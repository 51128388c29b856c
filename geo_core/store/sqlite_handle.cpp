#include "geo_core/store/sqlite_handle.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <cstring>

#include "geo_core/store/geopackage_geometry.hpp"

namespace riskbild::store {

namespace {

/// How long a writer waits for another before it gives up.
constexpr int kBusyMilliseconds = 5000;

bool disk_is_full(int system_error)
{
    return system_error == ENOSPC || system_error == EDQUOT;
}

Error cannot_open(std::filesystem::path const& path, int system_error)
{
    auto const file = path.string();
    std::error_code ignored;
    // SQLite says "no such file" also of the files that it could not make beside this one.
    if (system_error == ENOENT && !std::filesystem::exists(path, ignored)) {
        return {ErrorCode::not_found, fmt::format("{} does not exist", file)};
    }
    if (system_error == EISDIR) {
        return {ErrorCode::unreadable, fmt::format("{} is a folder, expected a GeoPackage file", file)};
    }
    if (disk_is_full(system_error)) {
        return {ErrorCode::full, fmt::format("{} cannot be opened: the disk is full", file)};
    }
    return {ErrorCode::unwritable,
            fmt::format("{} cannot be opened for writing: the file or its folder is read-only or not yours",
                        file)};
}

Error explain(sqlite3* handle, int code, std::filesystem::path const& path)
{
    auto const file = path.string();
    auto const system_error = handle == nullptr ? 0 : sqlite3_system_errno(handle);
    auto const* const reason = handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle);
    switch (code & 0xff) {
        case SQLITE_FULL:
            return {ErrorCode::full, fmt::format("the disk is full: {} was left as it was", file)};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::busy, fmt::format("{} is being written by another program (waited {} s)", file,
                                                 kBusyMilliseconds / 1000)};
        case SQLITE_READONLY:
            return {ErrorCode::unwritable,
                    fmt::format("{} cannot be written: it is read-only or lies in a folder that is", file)};
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {ErrorCode::unwritable, fmt::format("{} cannot be opened: no permission", file)};
        case SQLITE_CANTOPEN:
            return cannot_open(path, system_error);
        case SQLITE_NOTADB:
            return {ErrorCode::damaged, fmt::format("{} is not a GeoPackage", file)};
        case SQLITE_CORRUPT:
            return {ErrorCode::damaged, fmt::format("{} is damaged or cut off ({})", file, reason)};
        case SQLITE_IOERR:
            if (disk_is_full(system_error) || code == SQLITE_IOERR_SHMSIZE) {
                return {ErrorCode::full, fmt::format("the disk is full: {} was left as it was", file)};
            }
            if (code == SQLITE_IOERR_SHORT_READ) {
                return {ErrorCode::damaged, fmt::format("{} is damaged or cut off ({})", file, reason)};
            }
            return {ErrorCode::unreadable,
                    fmt::format("{} cannot be read or written: {}", file,
                                system_error == 0 ? reason : std::strerror(system_error))};
        default:
            return {ErrorCode::internal, fmt::format("{}: SQLite says \"{}\"", file, reason)};
    }
}

/// A `file:` address, in which `?`, `#` and `%` would have a meaning.
std::string as_uri(std::filesystem::path const& file, std::string_view options)
{
    std::string uri = "file:";
    for (char const c : std::filesystem::absolute(file).string()) {
        if (c == '?' || c == '#' || c == '%') {
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        } else {
            uri += c;
        }
    }
    return uri.append(options);
}

}  // namespace

Statement::Statement(Connection& connection, std::string_view sql) : connection_(&connection)
{
    auto const code = sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                                         SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (code != SQLITE_OK) {
        connection.fail(code);
    }
}

Statement::~Statement()
{
    sqlite3_finalize(statement_);
}

Statement::Statement(Statement&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)),
      statement_(std::exchange(other.statement_, nullptr))
{
}

Statement& Statement::operator=(Statement&& other) noexcept
{
    std::swap(connection_, other.connection_);
    std::swap(statement_, other.statement_);
    return *this;
}

bool Statement::step()
{
    auto const code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    // The extended code is read before the reset, which may replace it.
    Error const error =
        explain(connection_->handle(), sqlite3_extended_errcode(connection_->handle()), connection_->file());
    reset();
    throw StoreFailure(error);
}

void Statement::reset()
{
    sqlite3_reset(statement_);
}

bool Statement::is_null(int column) const
{
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(statement_, column);
}

std::string_view Statement::text(int column) const
{
    auto const* const data = sqlite3_column_text(statement_, column);
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data == nullptr ? std::string_view{} : std::string_view{reinterpret_cast<char const*>(data), size};
}

Blob Statement::blob(int column) const
{
    auto const* const data = static_cast<std::byte const*>(sqlite3_column_blob(statement_, column));
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data == nullptr ? Blob{} : Blob{data, size};
}

void Statement::bind(int index, std::nullptr_t)
{
    sqlite3_bind_null(statement_, index);
}

void Statement::bind(int index, std::int64_t value)
{
    sqlite3_bind_int64(statement_, index, value);
}

void Statement::bind(int index, double value)
{
    sqlite3_bind_double(statement_, index, value);
}

void Statement::bind(int index, std::string_view value)
{
    // An empty view may have no address, which SQLite would take for NULL.
    auto const code = sqlite3_bind_text64(statement_, index, value.empty() ? "" : value.data(), value.size(),
                                          SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) {
        throw StoreFailure(ErrorCode::too_large, fmt::format("a text of {} bytes is too long for {}",
                                                             value.size(), connection_->file().string()));
    }
}

void Statement::bind(int index, Blob value)
{
    sqlite3_bind_blob64(statement_, index, value.data(), value.size(), SQLITE_STATIC);
}

Connection::Connection(std::filesystem::path file, Mode mode) : file_(std::move(file))
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI;
    switch (mode) {
        case Mode::read_only:
        case Mode::immutable:
            flags |= SQLITE_OPEN_READONLY;
            break;
        case Mode::read_write:
            flags |= SQLITE_OPEN_READWRITE;
            break;
        case Mode::create:
        case Mode::memory:
            flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
            break;
    }
    auto const uri = as_uri(file_, mode == Mode::immutable ? "?immutable=1"
                                   : mode == Mode::memory  ? "?mode=memory"
                                                           : "");
    auto const code = sqlite3_open_v2(uri.c_str(), &handle_, flags, nullptr);
    if (code != SQLITE_OK) {
        auto const error = explain(handle_, code, file_);
        sqlite3_close_v2(handle_);
        throw StoreFailure(error);
    }
    sqlite3_busy_timeout(handle_, kBusyMilliseconds);
    register_geometry_functions(handle_);
}

Connection::~Connection()
{
    sqlite3_close_v2(handle_);
}

void Connection::empty_log()
{
    sqlite3_busy_timeout(handle_, 0);
    sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(handle_, kBusyMilliseconds);
}

void Connection::execute(std::string const& sql)
{
    auto const code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        fail(code);
    }
}

std::int64_t Connection::integer(std::string_view sql)
{
    Statement statement(*this, sql);
    statement.query();
    return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Connection::last_insert_rowid() const
{
    return sqlite3_last_insert_rowid(handle_);
}

std::int64_t Connection::changes() const
{
    return sqlite3_changes64(handle_);
}

void Connection::fail(int code) const
{
    throw StoreFailure(explain(handle_, code, file_));
}

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection)
{
    connection_.execute(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
    open_ = true;
}

Transaction::~Transaction()
{
    // SQLite may have rolled back by itself, after a full disk for one; then there is nothing to end.
    if (open_ && sqlite3_get_autocommit(connection_.handle()) == 0) {
        sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit()
{
    connection_.execute("COMMIT");
    open_ = false;
}

}  // namespace riskbild::store
