#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "cli/output.hpp"
#include "geo_core/result.hpp"

namespace riskbild::cli {

/// What every `riskbild fetch` can be told.
struct FetchOptions {
    std::filesystem::path store;
    std::string profile;            ///< of a new store; empty: `uppsala`, or whatever the store has
    std::string url;                ///< empty: the feed's own, where it has one
    std::filesystem::path answers;  ///< folder; empty: beside the store
    std::string every;              ///< `10m`; empty: once
    std::string contact;            ///< of whoever asks, for the User-Agent
};

/// `riskbild fetch police`: asks the police's feed, keeps what it answers and takes it in.
struct FetchPolice {
    FetchOptions options;
    std::optional<std::string>
        location;        ///< nothing: the county, where `url` is not given; empty: everywhere
    std::string period;  ///< a day, month or year of the past
    Result<void> operator()(Output& output) const;
};

/// `riskbild fetch open311`: asks an Open311 city for its requests, window by window.
struct FetchOpen311 {
    FetchOptions options;
    std::string source_name = "open311";
    std::string jurisdiction;
    std::string service;   ///< code of the one service wished for; empty: all
    std::string from, to;  ///< dates or instants; empty: a week before the last run ended, and now
    bool swap_positions = false;
    Result<void> operator()(Output& output) const;
};

/// `riskbild fetch gtfs-rt`: asks for the alerts of public transport.
struct FetchAlerts {
    FetchOptions options;
    std::string source_name = "transit_alerts";
    std::filesystem::path key_file;  ///< whose line stands for `{key}` in the address; empty: no key
    Result<void> operator()(Output& output) const;
};

/// `90s`, `10m`, `2h`. \return ErrorCode::wrong_use for anything else, and for less than 10 s or more than a
/// week
Result<std::chrono::seconds> parse_pause(std::string const& text);

}  // namespace riskbild::cli
