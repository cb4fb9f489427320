BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Start-ChatSandbox' {
    It 'listens on a free port of this machine alone' {
        $sandbox = Start-ChatSandbox Test
        $sandbox | Should -BeOfType ChatPS.ChatSandbox
        $sandbox.Name | Should -Be 'Test'
        $sandbox.BaseUri.Host | Should -Be '127.0.0.1'
        $sandbox.BaseUri.Port | Should -Be $sandbox.Port
        $sandbox.RequiresKey | Should -BeFalse
        $sandbox.Started.Offset | Should -Be ([timespan]::Zero)
        "$sandbox" | Should -Be "http://127.0.0.1:$($sandbox.Port)/v1"
        $listener = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners() | Where-Object Port -EQ $sandbox.Port
        "$($listener.Address)" | Should -Be '127.0.0.1'
    }

    It 'listens on the port that is asked for, and says when it is taken' {
        $port = (Start-ChatSandbox Test).Port
        Stop-ChatSandbox Test
        (Start-ChatSandbox Test -Port $port).Port | Should -Be $port
        $failure = @(Get-Failure { Start-ChatSandbox Second -Port $port })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -BeLike "*$port*"
    }

    It 'starts on the same port again under the same name' {
        $port = (Start-ChatSandbox Test).Port
        (Start-ChatSandbox Test -Port $port -Model one).Port | Should -Be $port
    }

    It 'starts nothing with -WhatIf' {
        Start-ChatSandbox Never -WhatIf | Should -BeNullOrEmpty
        @(Get-Failure { Get-ChatSandboxRequest Never }).Count | Should -Be 1
    }

    It 'lists the models that are given' {
        Connect-TestSandbox @{ Model = 'one', 'two' }
        (Get-ChatModel).Id | Should -Be 'one', 'two'
    }

    It 'waits -LatencyMs before each answer' {
        Connect-TestSandbox @{ LatencyMs = 200 }
        (Invoke-ChatCompletion hi).Elapsed.TotalMilliseconds | Should -BeGreaterOrEqual 195
    }

    It 'asks for a key with -RequireKey' {
        (Start-ChatSandbox Test -RequireKey sk-test-good).RequiresKey | Should -BeTrue
        Connect-TestSandbox @{ RequireKey = 'sk-test-good' }
        @(Get-Failure { Get-ChatModel }).FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        Connect-TestSandbox @{ RequireKey = 'sk-test-good' } @{ ApiKey = 'sk-test-good' }
        Get-ChatModel | Should -Not -BeNullOrEmpty
    }
}

Describe 'Start-ChatSandbox -Response' {
    It 'answers with a text' {
        Connect-TestSandbox @{ Response = 'always this' }
        (Invoke-ChatCompletion hi).Text | Should -BeExactly 'always this'
        (Invoke-ChatTextCompletion hi).Text | Should -BeExactly 'always this'
        -join (Invoke-ChatCompletion hi -Stream).Text | Should -BeExactly 'always this'
    }

    It 'answers by the pattern of the prompt' {
        Connect-TestSandbox @{ Response = [ordered]@{ '*weather*' = 'Sunny.'; 'exact' = 'Matched.' } }
        (Invoke-ChatCompletion 'How is the WEATHER today?').Text | Should -BeExactly 'Sunny.'
        (Invoke-ChatCompletion 'exact').Text | Should -BeExactly 'Matched.'
        (Invoke-ChatCompletion 'inexact').Text | Should -BeExactly 'You said: inexact'
    }

    It 'answers by rules, the first that matches' {
        Connect-TestSandbox @{
            Response = @{ Prompt = 'a*'; Model = '*large'; Response = 'large a' }, @{ Prompt = 'a*'; Response = 'a' }, @{ Path = '*/completions'; Response = 'other' }
        }
        (Invoke-ChatCompletion abc -Model sandbox-large).Text | Should -BeExactly 'large a'
        (Invoke-ChatCompletion abc).Text | Should -BeExactly 'a'
        (Invoke-ChatCompletion xyz).Text | Should -BeExactly 'other'
    }

    It 'answers with an object as the whole body' {
        Connect-TestSandbox @{ Response = @{ Response = @{ id = 'x'; choices = @(@{ message = @{ role = 'assistant'; content = 'made up' }; finish_reason = 'stop' }) } } }
        $answer = Invoke-ChatCompletion hi
        $answer.Text | Should -BeExactly 'made up'
        $answer.Usage | Should -BeNullOrEmpty
    }

    It 'answers with an error of any status' {
        Connect-TestSandbox @{ Response = @{ Prompt = 'bad*'; StatusCode = 400; Response = 'Bad prompt.' } }
        $failure = @(Get-Failure { Invoke-ChatCompletion 'bad one' })
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $failure[0].Exception.StatusCode | Should -Be 400
        "$($failure[0])" | Should -BeLike '*Bad prompt.*'
        (Invoke-ChatCompletion 'good').Text | Should -Be 'You said: good'
    }

    It 'answers by a script block, which sees the request' {
        Connect-TestSandbox @{ Response = { "$($_.Model) was asked '$($_.Prompt)' at $($_.Path)" } }
        (Invoke-ChatCompletion hi).Text | Should -BeExactly "sandbox-mini was asked 'hi' at /v1/chat/completions"
    }

    It 'answers by a script block while the pipeline that asks is busy' {
        Connect-TestSandbox @{ Response = @{ '*' = { $_.Prompt.ToUpperInvariant() } } }
        ('a', 'b' | Invoke-ChatCompletion | ForEach-Object { Invoke-ChatCompletion "$_ again" }).Text | Should -BeExactly 'A AGAIN', 'B AGAIN'
    }

    It 'takes rules and faults as custom objects, as they come from a JSON file' {
        $settings = '{ "Response": { "Prompt": "a*", "Response": "from a file" }, "Fault": { "StatusCode": 503, "Every": 2 } }' | ConvertFrom-Json
        Connect-TestSandbox @{ Response = $settings.Response; Fault = $settings.Fault }
        (Invoke-ChatCompletion abc).Text | Should -BeExactly 'from a file'
        @(Get-Failure { Invoke-ChatCompletion abc }).FullyQualifiedErrorId | Should -BeLike 'ServerError,*'
    }

    It 'says that a script block failed' {
        Connect-TestSandbox @{ Response = { throw 'no idea' } }
        "$(Get-Failure { Invoke-ChatCompletion hi })" | Should -BeLike '*no idea*'
    }

    It 'refuses a member that is misspelt' {
        $failure = @(Get-Failure { Start-ChatSandbox Test -Response @{ Prompt = 'a'; Respons = 'b' } })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -BeLike '*Respons*'
    }
}

Describe 'Start-ChatSandbox -Fault' {
    It 'plays <What>' -ForEach @(
        @{ What = 'a fault every time'; Fault = 500; Failed = $true, $true, $true, $true }
        @{ What = 'a fault once'; Fault = @{ StatusCode = 500; Times = 1 }; Failed = $true, $false, $false, $false }
        @{ What = 'a fault twice'; Fault = @{ Kind = 'Reset'; Times = 2 }; Failed = $true, $true, $false, $false }
        @{ What = 'a fault at every 2nd request'; Fault = @{ Kind = 'MalformedJson'; Every = 2 }; Failed = $false, $true, $false, $true }
        @{ What = 'a fault of one model'; Fault = @{ StatusCode = 503; Model = '*large' }; Failed = $false, $false, $false, $false }
        @{ What = 'faults one after the other'; Fault = @{ StatusCode = 500; Times = 1 }, @{ Kind = 'EmptyBody'; Times = 1 }; Failed = $true, $true, $false, $false }
    ) {
        Connect-TestSandbox @{ Fault = $Fault }
        1..4 | ForEach-Object { [bool](Get-Failure { Invoke-ChatCompletion "$_" }) } | Should -Be $Failed
        @(Get-TestRequest).Count | Should -Be 4
    }

    It 'shows in the record of the request' {
        Connect-TestSandbox @{ Fault = @{ Kind = 'Status'; StatusCode = 503; Times = 1 }, @{ Kind = 'Reset'; Times = 1 } }
        1..3 | ForEach-Object { $null = Get-Failure { Get-ChatModel } }
        $requests = Get-TestRequest
        $requests.Fault | Should -Be 'Status 503', 'Reset', $null
        $requests.StatusCode | Should -Be 503, 0, 200
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an unknown kind'; Fault = 'Earthquake'; Like = '*Earthquake*' }
        @{ What = 'a member that is misspelt'; Fault = @{ Kind = 'Reset'; Evry = 2 }; Like = '*Evry*' }
        @{ What = 'a number that is none'; Fault = @{ Kind = 'Reset'; Every = 0 }; Like = '*Every*' }
        @{ What = 'a wait that is none'; Fault = @{ StatusCode = 429; RetryAfterSec = 'soon' }; Like = '*RetryAfterSec*' }
    ) {
        $failure = @(Get-Failure { Start-ChatSandbox Test -Fault $Fault })
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        "$($failure[0])" | Should -BeLike $Like
    }
}

Describe 'The limits of a sandbox' {
    It 'refuses <What>, and says what there is' -ForEach @(
        @{ What = 'an unknown one'; Limit = @{ Nothing = 1 }; Message = "*-Limit: there is no 'Nothing'*" }
        @{ What = 'one that is not above 0'; Limit = @{ FileBytes = 0 }; Message = "*-Limit: FileBytes is '0'*" }
        @{ What = 'one that is no time'; Limit = @{ UploadLifetime = 'soon' }; Message = "*-Limit: UploadLifetime is 'soon'*" }
    ) {
        $failure = { Start-ChatSandbox Limited -Limit $Limit } | Should -Throw $Message -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        if ($What -eq 'an unknown one') { $failure.ErrorDetails.RecommendedAction | Should -BeLike '*FileBytes*UploadLifetime*' }
    }

    It 'are sizes and times' {
        $null = Start-ChatSandbox Limited -Limit @{ FileBytes = 1KB; PartBytes = 2MB; UploadLifetime = 60; Files = 3 }
        Stop-ChatSandbox Limited
    }
}
