#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/output.hpp"
#include "geo_core/set_aside.hpp"

namespace riskbild::cli {

/// `riskbild set-aside list`: a page of the desk.
struct ListDesk {
    std::filesystem::path store;
    SetAsideQuery query{};
    std::string state = "open";
    std::string order = "newest";
    Result<void> operator()(Output& output) const;
};

/// `riskbild set-aside show`: one row with its columns, the reason and what was done about it.
struct ShowDeskRow {
    std::filesystem::path store;
    std::int64_t id = 0;
    Result<void> operator()(Output& output) const;
};

/// `riskbild set-aside correct`: new values beside the row as received.
struct CorrectDeskRow {
    std::filesystem::path store;
    std::int64_t id = 0;
    std::vector<std::string> values;  ///< `column=value`
    bool retry = false;               ///< and take it in again at once
    std::string by;
    Result<void> operator()(Output& output) const;
};

/// `riskbild set-aside retry`: takes rows in again.
struct RetryDeskRows {
    std::filesystem::path store;
    std::vector<std::int64_t> ids;
    SetAsideQuery query{};  ///< instead of ids
    std::string by;
    Result<void> operator()(Output& output) const;
};

/// `riskbild set-aside drop`: takes rows off the list, also for later imports.
struct DropDeskRows {
    std::filesystem::path store;
    std::vector<std::int64_t> ids;
    SetAsideQuery query{};
    std::string by;
    Result<void> operator()(Output& output) const;
};

/// `riskbild set-aside undo`: one step back.
struct UndoDeskRow {
    std::filesystem::path store;
    std::int64_t id = 0;
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
