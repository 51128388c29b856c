#include <cstdint>
#include <cstdlib>
#include <string>

#include "importers/fetch/answer_folder.hpp"
#include "importers/fetch/web_client.hpp"
#include "importers/shops/shop_fields.hpp"

using namespace riskbild;
using namespace riskbild::importers;

// An address is asked only where it may be; what is remembered is read as it is written; headings and answers
// of registers are in bounds.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const points = *SecurityPoints::load();
    std::string const text{reinterpret_cast<char const*>(data), size};
    if (check_address(text) && !is_of_this_computer(text) && text.find("://") != std::string::npos) {
        auto const scheme = text.substr(0, text.find("://"));
        if (scheme.size() != 5 || (scheme[0] | 0x20) != 'h' || (scheme[4] | 0x20) != 's')
            std::abort();
    }
    if (auto const memory = parse_memory(text)) {
        auto const again = parse_memory(memory_text(*memory));
        if (!again || *again != *memory)
            std::abort();
    }
    if (auto const point = points.of_heading(text); point && *point >= points.points().size())
        std::abort();
    if (auto const answer = parse_point_answer(text);
        answer && answer->met && (*answer->met < 0 || *answer->met > 1))
        std::abort();
    static_cast<void>(parse_register_date(text));
    if (percent_encoded(text).find_first_of(" \r\n&?#") != std::string::npos)
        std::abort();
    return 0;
}
