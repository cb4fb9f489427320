using ChatPS.Client.Faults;

namespace ChatPS.Sessions;

/// <summary>Checks the limits of sessions.</summary>
internal static class SessionLimits
{
    public static int? Check(int? limit, string parameter) => limit is null or >= 1
        ? limit
        : throw Failures.Invalid(FormattableString.Invariant($"-{parameter} is {limit}; it must be 1 or more."), $"Leave out -{parameter} for no limit.");
}
