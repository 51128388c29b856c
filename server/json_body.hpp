#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo_core/result.hpp"

namespace riskbild::server {

/// The JSON object that a writing request brings. Fields are taken one by one; what is left over in the end
/// was not asked for, and is refused as an unknown parameter is.
///
///     auto body = JsonBody::parse(request.body);
///     auto const by = body->by();
///     auto const reason = body->text("reason", 500);
///     if (auto const asked = body->nothing_left(); !asked) …
///
/// Errors are ErrorCode::wrong_use and name the field.
class JsonBody {
public:
    /// \return ErrorCode::wrong_use where it is not one object in UTF-8, or names a field twice
    static Result<JsonBody> parse(std::string_view json);
    ~JsonBody();
    JsonBody(JsonBody&&) noexcept;
    JsonBody& operator=(JsonBody&&) noexcept;

    /// The name of whoever writes: one line of 1 to 100 characters.
    Result<std::string> by();
    /// Not empty. \param most bytes
    Result<std::string> text(char const* name, std::size_t most);
    /// Empty when absent or null.
    Result<std::string> text_or_empty(char const* name, std::size_t most);
    Result<bool> required_flag(char const* name);
    /// \param otherwise when absent
    Result<bool> flag(char const* name, bool otherwise);
    /// Absent or null: none.
    Result<std::vector<std::string>> texts(char const* name, std::size_t most);
    Result<std::vector<std::int64_t>> numbers(char const* name, std::size_t most);
    /// An object of texts, in order of their names. Absent or null: none.
    Result<std::vector<std::pair<std::string, std::string>>> table(char const* name, std::size_t most);

    /// \return ErrorCode::wrong_use naming a field that nobody asked for
    [[nodiscard]] Result<void> nothing_left() const;

private:
    struct Fields;
    explicit JsonBody(std::unique_ptr<Fields> fields);
    std::unique_ptr<Fields> fields_;
};

}  // namespace riskbild::server
