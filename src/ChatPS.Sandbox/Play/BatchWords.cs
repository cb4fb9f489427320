namespace ChatPS.Sandbox.Play;

/// <summary>The words in the prompts of a batch that make it go another way: the first three the one request, the others all of it.</summary>
internal static class BatchWords
{
    /// <summary>The request fails.</summary>
    public const string Fail = "[fail]";

    /// <summary>The time of the request runs out.</summary>
    public const string Expire = "[expire]";

    /// <summary>The request is cancelled.</summary>
    public const string Cancel = "[cancel]";

    /// <summary>The batch never ends.</summary>
    public const string Slow = "[slow]";

    /// <summary>The batch fails as a whole.</summary>
    public const string Broken = "[broken]";

    /// <summary>The time of the batch runs out when half of it is done.</summary>
    public const string Expired = "[expired]";

    /// <summary>The results of the batch are gone.</summary>
    public const string Archived = "[archived]";
}
