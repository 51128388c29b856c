#include "tests/server/openapi.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

namespace riskbild::server::testing {
namespace {

using nlohmann::json;

std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(' ');
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

json plain_scalar(std::string_view text)
{
    if (text == "true" || text == "false")
        return text == "true";
    if (!text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos)
        return std::stoll(std::string(text));
    return std::string(text);
}

/// `{ a: b, c: [d, "e"] }`, on one line.
class Flow {
public:
    explicit Flow(std::string_view text) : text_(text) {}

    json value()
    {
        skip_spaces();
        if (next_is('{'))
            return mapping();
        if (next_is('['))
            return list();
        if (next_is('"'))
            return quoted();
        auto const end = std::min(text_.find_first_of(",}]"), text_.size());
        auto const scalar = trimmed(text_.substr(0, end));
        text_.remove_prefix(end);
        return plain_scalar(scalar);
    }

private:
    json mapping()
    {
        auto result = json::object();
        text_.remove_prefix(1);
        for (skip_spaces(); !next_is('}'); skip_spaces()) {
            auto const colon = text_.find(':');
            auto const key = std::string(trimmed(text_.substr(0, colon)));
            text_.remove_prefix(colon + 1);
            result[key] = value();
            skip_comma();
        }
        text_.remove_prefix(1);
        return result;
    }

    json list()
    {
        auto result = json::array();
        text_.remove_prefix(1);
        for (skip_spaces(); !next_is(']'); skip_spaces()) {
            result.push_back(value());
            skip_comma();
        }
        text_.remove_prefix(1);
        return result;
    }

    json quoted()
    {
        auto const end = text_.find('"', 1);
        auto result = std::string(text_.substr(1, end - 1));
        text_.remove_prefix(end + 1);
        return result;
    }

    [[nodiscard]] bool next_is(char c) const
    {
        if (text_.empty())
            throw std::runtime_error("YAML: a flow ends too early");
        return text_.front() == c;
    }
    void skip_spaces() { text_ = text_.substr(std::min(text_.find_first_not_of(' '), text_.size())); }
    void skip_comma()
    {
        skip_spaces();
        if (next_is(','))
            text_.remove_prefix(1);
    }

    std::string_view text_;
};

class Blocks {
public:
    explicit Blocks(std::string_view text)
    {
        while (!text.empty()) {
            auto const end = text.find('\n');
            lines_.emplace_back(text.substr(0, end));
            text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        }
    }

    json node(std::size_t least_indent)
    {
        skip_empty();
        if (at_ == lines_.size() || indent() < least_indent)
            return nullptr;
        return lines_[at_][indent()] == '-' ? list(indent()) : mapping(indent());
    }

private:
    json mapping(std::size_t depth)
    {
        auto result = json::object();
        for (skip_empty(); at_ < lines_.size() && indent() == depth; skip_empty()) {
            auto const line = std::string_view(lines_[at_]).substr(depth);
            auto const is_quoted = line.front() == '"';
            auto const key_end = is_quoted ? line.find('"', 1) + 1 : line.find(':');
            if (key_end == std::string_view::npos || key_end >= line.size() || line[key_end] != ':')
                throw std::runtime_error(fmt::format("YAML line {}: no key", at_ + 1));
            auto const key = std::string(is_quoted ? line.substr(1, key_end - 2) : line.substr(0, key_end));
            auto const rest = std::string(trimmed(line.substr(key_end + 1)));
            ++at_;
            result[key] = rest.empty() ? node(depth + 1) : rest == "|" ? json(literal(depth)) : scalar(rest);
        }
        return result;
    }

    json list(std::size_t depth)
    {
        auto result = json::array();
        for (skip_empty(); at_ < lines_.size() && indent() == depth && lines_[at_][depth] == '-';
             skip_empty()) {
            auto const rest = trimmed(std::string_view(lines_[at_]).substr(depth + 1));
            if (rest.front() == '{' || rest.front() == '[' || rest.find(": ") == std::string_view::npos) {
                result.push_back(scalar(rest));
                ++at_;
                continue;
            }
            lines_[at_][depth] = ' ';
            result.push_back(mapping(indent()));
        }
        return result;
    }

    json scalar(std::string_view text)
    {
        auto const is_flow = text.front() == '{' || text.front() == '[' || text.front() == '"';
        return is_flow ? Flow(text).value() : plain_scalar(text);
    }

    std::string literal(std::size_t depth)
    {
        std::string text;
        for (; at_ < lines_.size() && (trimmed(lines_[at_]).empty() || indent() > depth); ++at_)
            text += std::string(trimmed(lines_[at_])) + "\n";
        return text;
    }

    [[nodiscard]] std::size_t indent() const { return lines_[at_].find_first_not_of(' '); }
    void skip_empty()
    {
        while (at_ < lines_.size() && (trimmed(lines_[at_]).empty() || trimmed(lines_[at_]).front() == '#'))
            ++at_;
    }

    std::vector<std::string> lines_;
    std::size_t at_ = 0;
};

bool has_type(json const& value, std::string const& type)
{
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "boolean")
        return value.is_boolean();
    if (type == "null")
        return value.is_null();
    return type == "integer" ? value.is_number_integer() : value.is_number();
}

/// \param types one name, or a list of them
bool has_one_of_types(json const& value, json const& types)
{
    if (types.is_string())
        return has_type(value, types.get<std::string>());
    return std::ranges::any_of(types,
                               [&](json const& type) { return has_type(value, type.get<std::string>()); });
}

}  // namespace

json read_yaml(std::string_view text)
{
    return Blocks(text).node(0);
}

OpenApi OpenApi::load()
{
    std::ifstream file(RISKBILD_SOURCE_DIR "/docs/api/openapi.yaml");
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    OpenApi api;
    api.document_ = read_yaml(text);
    return api;
}

std::vector<std::string> OpenApi::differences(json const& answer, std::string const& schema) const
{
    std::vector<std::string> found;
    compare(answer, document_["components"]["schemas"].at(schema), schema, found);
    return found;
}

std::string OpenApi::schema_of(std::string const& path, std::string const& method) const
{
    if (!document_["paths"].at(path).contains(method))
        return {};
    auto const& content = document_["paths"].at(path)[method]["responses"]["200"]["content"];
    if (!content.contains("application/json"))
        return {};
    auto const ref = content["application/json"]["schema"]["$ref"].get<std::string>();
    return ref.substr(ref.rfind('/') + 1);
}

void OpenApi::compare(json const& value, json const& schema, std::string const& where,
                      std::vector<std::string>& found) const
{
    if (schema.contains("$ref")) {
        auto const ref = schema["$ref"].get<std::string>();
        return compare(value, document_["components"]["schemas"].at(ref.substr(ref.rfind('/') + 1)), where,
                       found);
    }
    if (schema.contains("type") && !has_one_of_types(value, schema["type"])) {
        found.push_back(fmt::format("{} is {}, expected {}", where, value.dump(), schema["type"].dump()));
        return;
    }
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
        found.push_back(
            fmt::format("{} is {}, expected one of {}", where, value.dump(), schema["enum"].dump()));
    if (schema.contains("const") && schema["const"] != value)
        found.push_back(fmt::format("{} is {}, expected {}", where, value.dump(), schema["const"].dump()));
    if (value.is_array()) {
        if (value.size() < schema.value("minItems", 0U) || value.size() > schema.value("maxItems", ~0U))
            found.push_back(fmt::format("{} has {} items", where, value.size()));
        for (std::size_t i = 0; i < value.size(); ++i)
            compare(value[i], schema["items"], fmt::format("{}[{}]", where, i), found);
    }
    if (!value.is_object())
        return;
    for (auto const& name : schema.value("required", json::array()))
        if (!value.contains(name.get<std::string>()))
            found.push_back(fmt::format("{} lacks {}", where, name.get<std::string>()));
    for (auto const& [name, member] : value.items()) {
        if (schema.contains("properties") && schema["properties"].contains(name))
            compare(member, schema["properties"][name], where + "." + name, found);
        else if (schema.contains("additionalProperties"))
            compare(member, schema["additionalProperties"], where + "." + name, found);
        else
            found.push_back(fmt::format("{} has {}, which the contract does not know", where, name));
    }
}

}  // namespace riskbild::server::testing
