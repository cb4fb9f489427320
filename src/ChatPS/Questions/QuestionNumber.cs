using System.Globalization;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Questions;

/// <summary>Numbers among what users say of questions.</summary>
internal static class QuestionNumber
{
    /// <summary>Reads a number.</summary>
    /// <typeparam name="T">The kind of number.</typeparam>
    /// <param name="value">What was given.</param>
    /// <param name="what">What it is for, for the error.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ChatServiceException">It is none.</exception>
    public static T Read<T>(object? value, string what)
        where T : struct => IsNumber(value) && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out T number)
        ? number
        : throw Failures.Invalid($"{what} is '{PlainObject.Text(value)}', which is no {(typeof(T) == typeof(int) ? "whole number" : "number")}.", typeof(T) == typeof(int) ? "Give a number." : "Give a number, such as 0.9.");

    // PowerShell takes the comma of 0,9 for one between thousands.
    private static bool IsNumber(object? value) =>
        !PlainObject.IsNull(value) && (Bare.Of(value) is not string text || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
