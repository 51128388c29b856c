#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace riskbild::server::testing {

/// Reads as much of YAML as docs/api/openapi.yaml is written in: block and flow mappings and lists, plain and
/// quoted scalars, `|` text. No anchors, no flow over several lines. Throws std::runtime_error at anything
/// else.
nlohmann::json read_yaml(std::string_view text);

/// The contract of the server, for holding answers against it.
class OpenApi {
public:
    /// docs/api/openapi.yaml
    static OpenApi load();

    [[nodiscard]] nlohmann::json const& document() const { return document_; }
    /// Everything in which an answer differs from `components/schemas/<name>`: missing or unknown fields,
    /// wrong types, values that are not allowed. Empty = it fits.
    [[nodiscard]] std::vector<std::string> differences(nlohmann::json const& answer,
                                                       std::string const& schema) const;
    /// Name of the schema of the 200 answer of a path, or empty when it is not JSON or there is no such
    /// method.
    [[nodiscard]] std::string schema_of(std::string const& path, std::string const& method = "get") const;

private:
    void compare(nlohmann::json const& value, nlohmann::json const& schema, std::string const& where,
                 std::vector<std::string>& differences) const;
    nlohmann::json document_;
};

}  // namespace riskbild::server::testing
