#include "importers/readers/row_payload.hpp"

#include "importers/readers/json_value.hpp"

namespace riskbild::importers {
namespace {

void append(std::string& members, std::string_view name, std::string_view value)
{
    if (!members.empty())
        members += ',';
    append_json_string(name, members);
    members += ':';
    append_json_string(value, members);
}

}  // namespace

std::string row_payload(RecordTable const& table)
{
    std::string members;
    for (std::size_t i = 0; i < table.fields().size(); ++i)
        append(members, i < table.columns().size() ? table.columns()[i] : std::to_string(i),
               table.fields()[i]);
    return "{" + members + "}";
}

void TextMembers::add(std::string_view name, std::string_view value)
{
    if (!value.empty())
        append(members_, name, value);
}

}  // namespace riskbild::importers
