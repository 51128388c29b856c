#pragma once

#include <filesystem>
#include <string>

#include "cli/output.hpp"
#include "geo_core/link_review.hpp"

namespace riskbild::cli {

/// `riskbild link list`: pairs of reports that somebody should look at.
struct ListLinks {
    std::filesystem::path store;
    LinkCandidateChoice choice{.limit = 20};
    Result<void> operator()(Output& output) const;
};

/// `riskbild link why`: two reports beside each other, and what speaks for and against one event.
struct ExplainLink {
    std::filesystem::path store;
    std::string a;  ///< `police:12345`
    std::string b;
    Result<void> operator()(Output& output) const;
};

/// `riskbild link join` and `part`: one event, or two, for good.
struct DecideLink {
    std::filesystem::path store;
    std::string a;
    std::string b;
    bool together = true;
    std::string reason;
    std::string by;
    Result<void> operator()(Output& output) const;
};

/// `riskbild link undo`: as if it had never been decided.
struct WithdrawLink {
    std::filesystem::path store;
    std::string a;
    std::string b;
    Result<void> operator()(Output& output) const;
};

/// `riskbild link decisions`: all that people decided.
struct ListVerdicts {
    std::filesystem::path store;
    Result<void> operator()(Output& output) const;
};

}  // namespace riskbild::cli
