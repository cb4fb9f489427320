namespace ChatPS.Client.Faults;

/// <summary>The stable ids of failures. Scripts compare them: none is ever renamed.</summary>
public static class ErrorIds
{
    /// <summary>The key is missing, wrong or not allowed to do this.</summary>
    public const string AuthenticationFailed = nameof(AuthenticationFailed);

    /// <summary>Too many requests or tokens in too short a time.</summary>
    public const string RateLimited = nameof(RateLimited);

    /// <summary>The account has no money or quota left.</summary>
    public const string QuotaExceeded = nameof(QuotaExceeded);

    /// <summary>The service has no such model, or not for this key.</summary>
    public const string ModelNotFound = nameof(ModelNotFound);

    /// <summary>Prompt and answer are longer than the model can hold.</summary>
    public const string ContextTooLong = nameof(ContextTooLong);

    /// <summary>The service's content rules stopped the request.</summary>
    public const string ContentFiltered = nameof(ContentFiltered);

    /// <summary>The request cannot work as it is.</summary>
    public const string InvalidRequest = nameof(InvalidRequest);

    /// <summary>Nothing came in the time allowed.</summary>
    public const string Timeout = nameof(Timeout);

    /// <summary>The service could not be reached, or hung up.</summary>
    public const string ConnectionFailed = nameof(ConnectionFailed);

    /// <summary>A streamed answer ended before its end.</summary>
    public const string StreamTruncated = nameof(StreamTruncated);

    /// <summary>What came is not an answer.</summary>
    public const string BadResponse = nameof(BadResponse);

    /// <summary>The service failed.</summary>
    public const string ServerError = nameof(ServerError);

    /// <summary>ChatPS itself failed at this item.</summary>
    public const string InternalError = nameof(InternalError);

    /// <summary>The run has used what it was allowed to use.</summary>
    public const string BudgetExceeded = nameof(BudgetExceeded);

    /// <summary>As many items of a run failed as may.</summary>
    public const string TooManyFailures = nameof(TooManyFailures);

    /// <summary>A checkpoint file cannot be read or written.</summary>
    public const string CheckpointFailed = nameof(CheckpointFailed);

    /// <summary>A log cannot be read or written.</summary>
    public const string LogFailed = nameof(LogFailed);

    /// <summary>The model called more tools than the run allows.</summary>
    public const string ToolLimitExceeded = nameof(ToolLimitExceeded);

    /// <summary>A person who was asked about a call of a tool stopped the run.</summary>
    public const string ToolsStopped = nameof(ToolsStopped);

    /// <summary>The module that reads secrets from vaults is not installed.</summary>
    public const string SecretModuleMissing = nameof(SecretModuleMissing);

    /// <summary>There is no vault of that name, or none at all.</summary>
    public const string VaultNotFound = nameof(VaultNotFound);

    /// <summary>The vault is locked.</summary>
    public const string VaultLocked = nameof(VaultLocked);

    /// <summary>The vault has no such secret.</summary>
    public const string SecretNotFound = nameof(SecretNotFound);
}
