using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

internal static class Seconds
{
    private const double Most = 7 * 24 * 60 * 60;

    public static TimeSpan ToTimeSpan(double seconds, string parameter) => seconds is > 0 and <= Most
        ? TimeSpan.FromSeconds(seconds)
        : throw Failures.Invalid(FormattableString.Invariant($"{parameter} is {seconds}; it must be above 0 and at most {Most} (a week)."), $"Give {parameter} a number of seconds.");
}
