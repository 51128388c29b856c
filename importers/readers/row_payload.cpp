#include "importers/readers/row_payload.hpp"

#include "importers/readers/json_value.hpp"

namespace riskbild::importers {

std::string row_payload(RecordTable const& table)
{
    JsonTexts texts;
    for (std::size_t i = 0; i < table.fields().size(); ++i)
        texts.add(column_name(table.columns(), i), table.fields()[i]);
    return texts.json();
}

}  // namespace riskbild::importers
