using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using static ChatPS.Client.Faults.ErrorIds;

namespace ChatPS.Client.Tests.Calls;

/// <summary>The words that vendors have for the failures that all of them have, as they were seen on the wire.</summary>
public sealed class VendorWordsTests
{
    [Theory]
    // OpenAI
    [InlineData(429, """{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","code":"insufficient_quota"}}""", QuotaExceeded)]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota, please check your plan and billing details."}}""", QuotaExceeded)]
    [InlineData(429, """{"error":{"message":"Request too large for m in organization o on tokens per min (TPM): Limit 10000, Requested 12000. The input or output tokens must be reduced in order to run successfully.","type":"tokens","code":"rate_limit_exceeded"}}""", RateLimited)]
    [InlineData(429, """{"error":{"message":"This model's maximum context length is 8192 tokens."}}""", RateLimited)]
    [InlineData(400, """{"error":{"message":"Your input exceeds the context window of this model. Please adjust your input and try again.","code":"context_length_exceeded"}}""", ContextTooLong)]
    [InlineData(403, """{"error":{"message":"Project `p` does not have access to model `m`","code":"model_not_found"}}""", ModelNotFound)]
    [InlineData(404, """{"error":{"message":"The model `m` does not exist or you do not have access to it.","type":"invalid_request_error"}}""", ModelNotFound)]
    [InlineData(400, """{"error":{"message":"Invalid prompt: your prompt was flagged as potentially violating our usage policy.","code":"invalid_prompt"}}""", ContentFiltered)]
    [InlineData(400, """{"error":{"message":"max_tokens is too large: 9000. This model supports at most 4096 completion tokens.","param":"max_tokens"}}""", InvalidRequest)]
    [InlineData(400, """{"error":{"message":"The model produced invalid output: the tool 'x' does not exist"}}""", InvalidRequest)]
    // Azure and GitHub Models
    [InlineData(404, """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}""", ModelNotFound)]
    [InlineData(429, """{"error":{"code":"429","message":"Requests to the Creation Operation have exceeded token rate limit of your current S0 pricing tier. Please retry after 26 seconds."}}""", RateLimited)]
    [InlineData(403, """{"error":{"code":"403","message":"Out of call volume quota. Quota will be replenished in 10 days."}}""", QuotaExceeded)]
    [InlineData(401, """{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}""", AuthenticationFailed)]
    [InlineData(413, """{"error":{"code":"tokens_limit_reached","message":"Request body too large for m model. Max size: 8000 tokens."}}""", ContextTooLong)]
    [InlineData(404, """{"error":{"code":"unknown_model","message":"Unknown model: m"}}""", ModelNotFound)]
    [InlineData(429, """{"error":{"code":"RateLimitReached","message":"Rate limit of 10 per 60s exceeded for UserByModelByMinute."}}""", RateLimited)]
    // Anthropic
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 213462 tokens > 200000 maximum"}}""", ContextTooLong)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000"}}""", ContextTooLong)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API. Please go to Plans & Billing."}}""", QuotaExceeded)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits. You will regain access on 2026-12-01."}}""", QuotaExceeded)]
    [InlineData(404, """{"type":"error","error":{"type":"not_found_error","message":"model: m"}}""", ModelNotFound)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}""", ContentFiltered)]
    [InlineData(401, """{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}""", AuthenticationFailed)]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", ServerError)]
    // Google
    [InlineData(400, """{"error":{"code":400,"message":"The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).","status":"INVALID_ARGUMENT"}}""", ContextTooLong)]
    [InlineData(404, """{"error":{"code":404,"message":"models/m is not found for API version v1beta, or is not supported for generateContent.","status":"NOT_FOUND"}}""", ModelNotFound)]
    [InlineData(404, """{"error":{"code":404,"message":"Publisher Model `projects/p/m` was not found or your project does not have access to it.","status":"NOT_FOUND"}}""", ModelNotFound)]
    [InlineData(400, """[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]""", AuthenticationFailed)]
    [InlineData(400, """{"error":{"code":400,"message":"API key expired. Please renew the API key.","status":"INVALID_ARGUMENT"}}""", AuthenticationFailed)]
    [InlineData(429, """{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED"}}""", RateLimited)]
    [InlineData(429, """{"error":{"code":429,"message":"Quota exceeded for metric: generate_content_free_tier_requests, limit: 0, model: m","status":"RESOURCE_EXHAUSTED"}}""", QuotaExceeded)]
    [InlineData(429, """{"error":{"code":429,"message":"Your prepayment credits are depleted.","status":"RESOURCE_EXHAUSTED"}}""", QuotaExceeded)]
    // Bedrock
    [InlineData(429, """{"message":"Too many tokens, please wait before trying again."}""", RateLimited)]
    [InlineData(400, """{"__type":"ThrottlingException","message":"Too many tokens, please wait before trying again."}""", RateLimited)]
    [InlineData(400, """{"message":"Input is too long for requested model."}""", ContextTooLong)]
    [InlineData(400, """{"message":"Malformed input request: expected maxLength: 2048, actual: 4096, please reformat your input and try again."}""", ContextTooLong)]
    [InlineData(400, """{"message":"The provided model identifier is invalid."}""", ModelNotFound)]
    [InlineData(403, """{"message":"You don't have access to the model with the specified model ID."}""", ModelNotFound)]
    [InlineData(403, """{"message":"The security token included in the request is invalid."}""", AuthenticationFailed)]
    // vLLM, SGLang, TGI, llama.cpp, Ollama, LM Studio
    [InlineData(400, """{"object":"error","message":"The decoder prompt (length 5056) is longer than the maximum model length of 4096.","type":"BadRequestError","code":400}""", ContextTooLong)]
    [InlineData(400, """{"object":"error","message":"max_tokens must be at least 1, got -500.","type":"BadRequestError","code":400}""", ContextTooLong)]
    [InlineData(404, """{"object":"error","message":"The model `m` does not exist.","type":"NotFoundError","code":404}""", ModelNotFound)]
    [InlineData(400, """{"object":"error","message":"The input (300 tokens) is longer than the model's context length (200 tokens).","code":400}""", ContextTooLong)]
    [InlineData(400, """{"object":"error","message":"Requested token count exceeds the model's maximum context length of 131072 tokens."}""", ContextTooLong)]
    [InlineData(422, """{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens and 500 `max_new_tokens`","error_type":"validation"}""", ContextTooLong)]
    [InlineData(500, """{"error":{"code":500,"message":"Context size has been exceeded.","type":"server_error"}}""", ContextTooLong)]
    [InlineData(400, """{"error":"prompt too long; exceeded max context length by 5000 tokens"}""", ContextTooLong)]
    [InlineData(404, """{"error":{"message":"model 'm:7b' not found"}}""", ModelNotFound)]
    [InlineData(400, """{"error":"Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens."}""", ContextTooLong)]
    [InlineData(400, """{"error":"The number of tokens to keep from the initial prompt is greater than the context length."}""", ContextTooLong)]
    [InlineData(404, """{"error":{"message":"No models loaded. Please load a model in the developer page."}}""", ModelNotFound)]
    // Gateways
    [InlineData(404, """{"error":{"message":"No endpoints found that support tool use.","code":404}}""", ModelNotFound)]
    [InlineData(402, """{"error":{"message":"This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 1000.","code":402}}""", QuotaExceeded)]
    [InlineData(403, """{"error":{"message":"Key limit exceeded (total limit).","code":403}}""", QuotaExceeded)]
    [InlineData(401, """{"error":{"message":"No auth credentials found","code":401}}""", AuthenticationFailed)]
    [InlineData(400, """{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 9 tokens > 8 maximum\"}}","provider_name":"P"}}}""", ContextTooLong)]
    [InlineData(400, """{"error":{"message":"litellm.ContextWindowExceededError: litellm.BadRequestError: too long","type":null,"code":"400"}}""", ContextTooLong)]
    [InlineData(400, """{"error":{"message":"litellm.BadRequestError: litellm.ContentPolicyViolationError: refused","code":"400"}}""", ContentFiltered)]
    [InlineData(400, """{"error":{"message":"Budget has been exceeded! Current cost: 10.1, Max budget: 10.0","type":"budget_exceeded","code":"400"}}""", QuotaExceeded)]
    [InlineData(400, """{"error":{"message":"/chat/completions: Invalid model name passed in model=m. Call `/v1/models` to view available models for your key.","code":"400"}}""", ModelNotFound)]
    [InlineData(401, """{"error":{"message":"key not allowed to access model. This key can only access models=['n'].","type":"key_model_access_denied","code":"401"}}""", ModelNotFound)]
    [InlineData(401, """{"error":{"message":"Authentication Error, Invalid proxy server token passed.","type":"auth_error","code":"401"}}""", AuthenticationFailed)]
    [InlineData(503, """{"error":{"message":"分组 default 下模型 m 的可用渠道不存在","type":"new_api_error"}}""", ModelNotFound)]
    [InlineData(403, """{"error":{"message":"该令牌无权访问模型 m","type":"new_api_error"}}""", ModelNotFound)]
    [InlineData(401, """{"error":{"message":"无效的令牌","type":"new_api_error"}}""", AuthenticationFailed)]
    [InlineData(401, """{"error":{"message":"该令牌额度已用尽","type":"new_api_error"}}""", QuotaExceeded)]
    [InlineData(429, """{"error":{"message":"当前分组上游负载已饱和，请稍后再试","type":"upstream_error"}}""", RateLimited)]
    [InlineData(500, """{"error":{"message":"sensitive words detected","type":"new_api_error","code":"sensitive_words_detected"}}""", ContentFiltered)]
    // China
    [InlineData(400, """{"error":{"message":"Content Exists Risk","type":"invalid_request_error"}}""", ContentFiltered)]
    [InlineData(400, """{"error":{"message":"Model Not Exist","type":"invalid_request_error"}}""", ModelNotFound)]
    [InlineData(429, """{"error":{"message":"Your account o<ak-x> is suspended due to insufficient balance, please recharge your account","type":"exceeded_current_quota_error"}}""", QuotaExceeded)]
    [InlineData(429, """{"error":{"message":"Your account request reached organization max concurrency: 1, please try again after 1 seconds","type":"rate_limit_reached_error"}}""", RateLimited)]
    [InlineData(404, """{"error":{"message":"Not found the model m or Permission denied","type":"resource_not_found_error"}}""", ModelNotFound)]
    [InlineData(400, """{"error":{"message":"The request was rejected because it was considered high risk","type":"content_filter"}}""", ContentFiltered)]
    [InlineData(429, """{"error":{"code":"1113","message":"您的账户已欠费，请充值后重试"}}""", QuotaExceeded)]
    [InlineData(400, """{"error":{"code":"1261","message":"Prompt 超长"}}""", ContextTooLong)]
    [InlineData(400, """{"error":{"code":"1301","message":"系统检测到输入或生成内容可能包含不安全或敏感内容"}}""", ContentFiltered)]
    [InlineData(429, """{"error":{"code":"1302","message":"您的账户已达到速率限制，请您控制请求频率"}}""", RateLimited)]
    [InlineData(429, """{"error":{"code":"1308","message":"已达到 5 小时 的使用上限。"}}""", QuotaExceeded)]
    [InlineData(401, """{"error":{"code":"1000","message":"身份验证失败"}}""", AuthenticationFailed)]
    [InlineData(400, """{"error":{"code":"1210","message":"API 调用参数有误，请检查文档"}}""", InvalidRequest)]
    [InlineData(400, """{"code":"Arrearage","message":"Access denied, please make sure your account is in good standing.","request_id":"r"}""", QuotaExceeded)]
    [InlineData(400, """{"code":"DataInspectionFailed","message":"Input data may contain inappropriate content."}""", ContentFiltered)]
    [InlineData(400, """{"code":"InvalidParameter","message":"Range of input length should be [1, 30720]"}""", ContextTooLong)]
    [InlineData(400, """{"code":"InvalidParameter","message":"Range of max_tokens should be [1, 8192]"}""", InvalidRequest)]
    [InlineData(429, """{"code":"Throttling.AllocationQuota","message":"Allocated quota exceeded, please increase your quota limit."}""", RateLimited)]
    [InlineData(403, """{"code":"AllocationQuota.FreeTierOnly","message":"The free tier of the model has been exhausted."}""", QuotaExceeded)]
    [InlineData(401, """{"code":"InvalidApiKey","message":"Invalid API-key provided."}""", AuthenticationFailed)]
    [InlineData(404, """{"code":"ModelNotFound","message":"Model can not be found."}""", ModelNotFound)]
    [InlineData(200, """{"base_resp":{"status_code":1002,"status_msg":"rate limit"}}""", RateLimited)]
    [InlineData(200, """{"base_resp":{"status_code":1004,"status_msg":"not authorised"}}""", AuthenticationFailed)]
    [InlineData(200, """{"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}""", QuotaExceeded)]
    [InlineData(200, """{"base_resp":{"status_code":1026,"status_msg":"input new_sensitive"}}""", ContentFiltered)]
    [InlineData(200, """{"base_resp":{"status_code":1039,"status_msg":"token limit"}}""", RateLimited)]
    [InlineData(200, """{"base_resp":{"status_code":2013,"status_msg":"invalid params"}}""", InvalidRequest)]
    [InlineData(400, """{"type":"error","error":{"type":"bad_request_error","message":"invalid params, context window exceeds limit (2013)"}}""", ContextTooLong)]
    [InlineData(200, """{"base_resp":{"status_code":1000,"status_msg":"unknown error"}}""", ServerError)]
    [InlineData(200, """{"error_code":110,"error_msg":"Access token invalid or no longer valid"}""", AuthenticationFailed)]
    [InlineData(200, """{"error_code":18,"error_msg":"Open api qps request limit reached"}""", RateLimited)]
    [InlineData(200, """{"error_code":17,"error_msg":"Open api daily request limit reached"}""", QuotaExceeded)]
    [InlineData(200, """{"error_code":336103,"error_msg":"Prompt tokens too long"}""", ContextTooLong)]
    [InlineData(400, """{"error":{"code":"tokens_too_long","message":"Prompt tokens too long","type":"invalid_request_error"}}""", ContextTooLong)]
    [InlineData(403, """{"error":{"code":"AccountOverdueError","message":"The request failed because your account has an overdue balance.","type":"Forbidden"}}""", QuotaExceeded)]
    [InlineData(404, """{"error":{"code":"InvalidEndpointOrModel.NotFound","message":"The model or endpoint m does not exist or you do not have access to it.","type":"NotFound"}}""", ModelNotFound)]
    [InlineData(404, """{"error":{"code":"ModelNotOpen","message":"Your account 1 has not activated the model m.","type":"NotFound"}}""", ModelNotFound)]
    [InlineData(400, """{"error":{"code":"InputTextSensitiveContentDetected","message":"The request failed because the input text may contain sensitive information.","type":"BadRequest"}}""", ContentFiltered)]
    [InlineData(429, """{"error":{"code":"RateLimitExceeded.EndpointTPMExceeded","message":"The Tokens Per Minute (TPM) limit of the associated endpoint has been exceeded.","type":"TooManyRequests"}}""", RateLimited)]
    [InlineData(429, """{"error":{"code":"SetLimitExceeded","message":"Your account has reached the set inference limit for the model.","type":"TooManyRequests"}}""", QuotaExceeded)]
    [InlineData(400, """{"code":20012,"message":"Model does not exist. Please check it carefully.","data":null}""", ModelNotFound)]
    [InlineData(403, """{"code":30001,"message":"Sorry, your account balance is insufficient","data":null}""", QuotaExceeded)]
    [InlineData(400, """{"code":20015,"message":"length of prompt_tokens (40000) must be less than max_seq_len (32768).","data":null}""", ContextTooLong)]
    // The rest
    [InlineData(403, """{"code":"The caller does not have permission to execute the specified operation","error":"Your newly created team doesn't have any credits yet."}""", QuotaExceeded)]
    [InlineData(400, """{"code":"Client specified an invalid argument","error":"Incorrect API key provided: xx. You can obtain an API key from the console."}""", AuthenticationFailed)]
    [InlineData(400, """{"code":"Client specified an invalid argument","error":"This model's maximum prompt length is 131072 but the request contains 537812 tokens."}""", ContextTooLong)]
    [InlineData(413, """{"error":{"message":"Request too large for model `m` in organization `o` on tokens per minute (TPM): Limit 6000, Requested 9000, please reduce your message size and try again.","type":"tokens","code":"rate_limit_exceeded"}}""", RateLimited)]
    [InlineData(400, """{"error":{"message":"Please reduce the length of the messages or completion.","type":"invalid_request_error","code":"context_length_exceeded"}}""", ContextTooLong)]
    [InlineData(400, """{"error":{"message":"The model `m` has been decommissioned and is no longer supported.","code":"model_decommissioned"}}""", ModelNotFound)]
    [InlineData(413, "<html><head><title>413 Request Entity Too Large</title></head></html>", ContextTooLong)]
    [InlineData(400, """{"object":"error","message":"Prompt contains 140000 tokens and 0 draft tokens, too large for model with 131072 maximum context length","type":"invalid_request_prompt","code":"3051"}""", ContextTooLong)]
    [InlineData(429, """{"object":"error","message":"Requests rate limit exceeded","type":"rate_limited","code":"1300"}""", RateLimited)]
    [InlineData(400, """{"object":"error","message":"Invalid model: m","type":"invalid_model","code":"1500"}""", ModelNotFound)]
    [InlineData(400, """{"message":"too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292. Try using a shorter prompt."}""", ContextTooLong)]
    [InlineData(404, """{"message":"model 'm' not found, make sure the correct model ID was used and that you have access to the model."}""", ModelNotFound)]
    [InlineData(429, """{"message":"You are using a Trial key, which is limited to 1000 API calls / month."}""", QuotaExceeded)]
    [InlineData(429, """{"message":"You are using a Trial key, which is limited to 40 API calls / minute."}""", RateLimited)]
    [InlineData(401, """{"message":"invalid api token"}""", AuthenticationFailed)]
    [InlineData(404, """{"error":{"object":"error","message":"Model not found, inaccessible, and/or not deployed","code":"NOT_FOUND"}}""", ModelNotFound)]
    [InlineData(412, """{"error":{"message":"Account a is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices."}}""", QuotaExceeded)]
    [InlineData(400, """{"error":{"message":"Unable to access model m. Please visit the list of supported models.","code":"model_not_available"}}""", ModelNotFound)]
    [InlineData(401, """{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota"}}""", QuotaExceeded)]
    [InlineData(400, """{"error":{"message":"Invalid model 'm'. Permitted models can be found in the documentation.","type":"invalid_model"}}""", ModelNotFound)]
    [InlineData(400, """{"errors":[{"message":"AiError: No such model m or task","code":5007}],"success":false}""", ModelNotFound)]
    [InlineData(429, """{"errors":[{"message":"you have used up your daily free allocation of 10,000 neurons","code":3036}],"success":false}""", QuotaExceeded)]
    [InlineData(400, """{"errors":[{"message":"AiError: The estimated number of input and maximum output tokens (9) exceeded this model context window limit (8).","code":5021}],"success":false}""", ContextTooLong)]
    [InlineData(402, """{"error":"You have exceeded your monthly included credits for Inference Providers."}""", QuotaExceeded)]
    [InlineData(400, """{"error":{"message":"The requested model 'm' is not supported by any provider you have enabled.","code":"model_not_supported"}}""", ModelNotFound)]
    [InlineData(401, """{"error":"Invalid username or password."}""", AuthenticationFailed)]
    // Under a status of success
    [InlineData(200, """{"error":{"message":"prompt is too long: 9 tokens > 8 maximum","code":400}}""", ContextTooLong)]
    [InlineData(200, """{"error":{"message":"Insufficient credits","code":402}}""", QuotaExceeded)]
    [InlineData(200, """{"error":{"message":"slow down","code":429}}""", RateLimited)]
    public async Task Failure_InTheWordsOfItsVendor_MeansWhatItMeansEverywhere(int status, string body, string errorId)
    {
        using RawServer server = RawServer.Answering(status, body, body.StartsWith('<') ? "text/html" : "application/json");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(errorId, failure.ErrorId);
        Assert.Null(failure.MissingEndpoint);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(404, "404 page not found")]
    [InlineData(404, """{"detail":"Not Found"}""")]
    [InlineData(404, """{"error":{"message":"Invalid URL (POST /v1/chat/completions)","type":"invalid_request_error"}}""")]
    [InlineData(404, """{"error":{"code":"404","message":"Resource not found"}}""")]
    [InlineData(404, "<html><head><title>404 Not Found</title></head></html>")]
    [InlineData(404, """{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}""")]
    [InlineData(405, """{"detail":"Method Not Allowed"}""")]
    [InlineData(501, """{"error":{"message":"Not implemented.","code":"api_not_implemented"}}""")]
    [InlineData(200, """{"error":"Unexpected endpoint or method. (POST /chat/completions)"}""")]
    public async Task Failure_EndpointThatIsNotThere_NamesIt(int status, string body)
    {
        using RawServer server = RawServer.Answering(status, body, body.StartsWith('<') ? "text/html" : "application/json");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((InvalidRequest, "/chat/completions"), (failure.ErrorId, failure.MissingEndpoint));
        Assert.Contains("This service has no /chat/completions endpoint.", failure.Message, StringComparison.Ordinal);
        Assert.Contains(connection.Settings.BaseUri.ToString(), failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model `m` does not exist", "model*does not exist", true)]
    [InlineData("The MODEL 'a.b:c' Does Not Exist.", "model*does not exist", true)]
    [InlineData("The model failed. The file does not exist", "model*does not exist", false)]
    [InlineData("model x is slow, model y does not exist", "model*does not exist", true)]
    [InlineData("the model\u2019s context", "model's context", true)]
    [InlineData("Not Found", "=not found", true)]
    [InlineData("Model m: Not Found", "=not found", false)]
    public void Wording_Phrase_IsFoundWithinASentence(string text, string phrase, bool isThere) => Assert.Equal(isThere, Wording.IsIn(text, phrase));
}
