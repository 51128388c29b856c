#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/result.hpp"
#include "importers/open311/open311_fields.hpp"

namespace riskbild::importers {

/// Which of our kinds the services of an Open311 city are: `data/kinds/open311_services.toml`.
class Open311Services {
public:
    struct Answer {
        std::string kind = "unknown";
        bool known = false;         ///< whether a rule fits; else the request is context
        bool is_duplicate = false;  ///< by the city's own word: context too
        bool by_text = false;       ///< told by the description, not the service
    };

    /// \return ErrorCode::unreadable naming `file_name`, line or key.
    static Result<Open311Services> from_toml(std::string_view toml, std::string_view file_name);
    /// From the data directory. \return ErrorCode::not_found where the file is missing.
    static Result<Open311Services> load();

    [[nodiscard]] Answer classify(Open311Request const& request) const;
    /// Every kind that it can answer with, in order.
    [[nodiscard]] std::vector<std::string> kinds() const;

private:
    struct Rule {
        std::string kind;
        std::vector<std::string> words, text_words;
    };
    std::map<std::string, std::string, std::less<>> codes_;
    std::vector<Rule> rules_;
    std::vector<std::string> duplicate_words_;
};

}  // namespace riskbild::importers
