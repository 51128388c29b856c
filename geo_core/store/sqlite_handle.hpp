#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "geo_core/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace riskbild::store {

/// Carries an Error from any depth of the store to its interface, where `guarded` turns it into a
/// `Result`. Nearly every line of the store can meet a full disk or a damaged page; this keeps them
/// readable. Never leaves geo_core/store.
class StoreFailure : public std::exception {
public:
    explicit StoreFailure(Error error) : error_(std::move(error)) {}
    StoreFailure(ErrorCode code, std::string message) : error_{code, std::move(message)} {}
    [[nodiscard]] Error const& error() const { return error_; }
    [[nodiscard]] char const* what() const noexcept override { return error_.message.c_str(); }

private:
    Error error_;
};

/// Runs `body`; a StoreFailure inside becomes the error of the result.
template <class Body>
auto guarded(Body&& body) -> Result<std::invoke_result_t<Body>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Body>>) {
            body();
            return {};
        } else {
            return body();
        }
    } catch (StoreFailure const& failure) {
        return Failure{failure.error()};
    }
}

/// The value of a result, or its error as a StoreFailure.
template <class T>
T value_or_throw(Result<T> result)
{
    if (!result) {
        throw StoreFailure(std::move(result).error());
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

using Blob = std::span<std::byte const>;

class Connection;

/// A prepared statement. Parameters are bound in order, starting with the first.
class Statement {
public:
    Statement() = default;
    Statement(Connection& connection, std::string_view sql);
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    /// Whether there is a statement; a default one has none.
    [[nodiscard]] explicit operator bool() const { return statement_ != nullptr; }

    /// Binds all parameters and runs to the end, for statements without result rows.
    template <class... Values>
    void run(Values const&... values)
    {
        query(values...);
        while (step()) {
        }
        reset();
    }

    /// Binds all parameters; read the rows with `step()`. Texts and blobs must outlive the reading.
    template <class... Values>
    Statement& query(Values const&... values)
    {
        reset();
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }

    /// \return true when there is a row; at the end the statement is reset.
    bool step();
    void reset();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    /// Valid until the next step.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] Blob blob(int column) const;

private:
    void bind(int index, std::nullptr_t);
    void bind(int index, std::int64_t value);
    void bind(int index, int value) { bind(index, std::int64_t{value}); }
    void bind(int index, bool value) { bind(index, std::int64_t{value}); }
    void bind(int index, double value);
    void bind(int index, std::string_view value);
    void bind(int index, std::string const& value) { bind(index, std::string_view{value}); }
    void bind(int index, char const* value) { bind(index, std::string_view{value}); }
    void bind(int index, Blob value);
    template <class T>
    void bind(int index, std::optional<T> const& value)
    {
        value ? bind(index, *value) : bind(index, nullptr);
    }

    Connection* connection_ = nullptr;
    sqlite3_stmt* statement_ = nullptr;
};

/// One connection to an SQLite file, with the functions that GeoPackage triggers call. Not to be
/// shared between threads. Every failure is thrown as a StoreFailure that names the file.
class Connection {
public:
    enum class Mode {
        read_only,
        read_write,
        create,
        immutable,  ///< reads a file that nobody writes, without any file beside it
        memory,     ///< an empty one that is gone with the connection; the file's name only names it
    };

    Connection(std::filesystem::path file, Mode mode);
    ~Connection();
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    /// Runs one statement or several, without parameters.
    void execute(std::string const& sql);
    /// The first column of the first row of a query that has one.
    [[nodiscard]] std::int64_t integer(std::string_view sql);
    [[nodiscard]] std::int64_t last_insert_rowid() const;
    /// Moves what was committed from the log into the file and empties the log, unless somebody reads just
    /// now. Otherwise a reader that stays (the server) keeps the log alive, and SQLite would lay it over
    /// whatever file is later put in the store's place, as when a backup is restored. What was committed is
    /// safe either way, so this fails in silence, and waits for nobody: the next writer tries again.
    void empty_log();
    /// Rows changed by the last insert, update or delete.
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] std::filesystem::path const& file() const { return file_; }
    [[nodiscard]] sqlite3* handle() const { return handle_; }

    [[noreturn]] void fail(int code) const;

private:
    std::filesystem::path file_;
    sqlite3* handle_ = nullptr;
};

/// `BEGIN` … `COMMIT`; rolled back when dropped without commit.
class Transaction {
public:
    enum class Kind { read, write };
    Transaction(Connection& connection, Kind kind);
    ~Transaction();
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    void commit();

private:
    Connection& connection_;
    bool open_ = false;
};

}  // namespace riskbild::store
