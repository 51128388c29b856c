#pragma once

#include <string>
#include <vector>

#include <toml++/toml.h>

#include "geo_core/area.hpp"

namespace riskbild::importers {

/// The texts of a TOML list, in lower case; what is no text is left out, and what is no list has none.
[[nodiscard]] inline std::vector<std::string> lower_texts(toml::node_view<toml::node> list)
{
    std::vector<std::string> texts;
    if (auto const* items = list.as_array())
        for (auto const& item : *items)
            if (auto const text = item.value<std::string>())
                texts.push_back(lower_case(*text));
    return texts;
}

}  // namespace riskbild::importers
