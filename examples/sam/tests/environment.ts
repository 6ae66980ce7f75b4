// The environment that template.yaml gives the functions. Imported before them, because they read it when they load.
process.env.ALLOWED_ORIGINS = 'https://app.example.com,https://*.preview.example.com';
process.env.TABLE_NAME = 'notes';
process.env.AWS_REGION = 'eu-central-1';
process.env.AWS_ACCESS_KEY_ID = 'test';
process.env.AWS_SECRET_ACCESS_KEY = 'test';
// Nothing listens there, so a command that a test has not mocked cannot reach a real table.
process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:1';
