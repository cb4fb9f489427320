using System.Globalization;

namespace ChatPS.Sandbox.Play;

/// <summary>How far a model is in its life, which its name says: one with "retiring" ends in ten days, one with "retired" has ended.</summary>
/// <param name="Model">The model.</param>
/// <param name="Now">What time it is.</param>
internal sealed record ModelLife(string Model, DateTimeOffset Now)
{
    private const int DaysLeft = 10;
    private const int DaysOver = 20;

    /// <summary>Whether the model is not answered any more.</summary>
    public bool IsOver => IsOverFor(Model);

    /// <summary>When the model ends or ended; null for one that lives on.</summary>
    public DateTimeOffset? RetiresAt => IsOver ? Today.AddDays(-DaysOver) : Has(Model, "retiring") ? Today.AddDays(DaysLeft) : null;

    /// <summary>The same as a day; null for one that lives on.</summary>
    public string? Day => RetiresAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The same as a time; null for one that lives on.</summary>
    public string? Time => Text(RetiresAt);

    /// <summary>When the end was announced; null for one that lives on.</summary>
    public string? Announced => Text(RetiresAt?.AddDays(-90));

    /// <summary>What comes in its place; null for one that lives on.</summary>
    public string? Replacement => RetiresAt is null ? null : "sandbox-mini";

    private DateTimeOffset Today => new(Now.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Whether a model is not answered any more.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Whether it has ended.</returns>
    public static bool IsOverFor(string model) => Has(model, "retired");

    private static bool Has(string model, string word) => model.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    private static string? Text(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
