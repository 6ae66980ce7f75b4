// What template.yaml gives the functions. Imported before them, since they read it when they are loaded.
process.env.ALLOWED_ORIGINS = 'https://app.example.com,https://*.preview.example.com';
process.env.TABLE_NAME = 'notes';
process.env.AWS_REGION = 'eu-central-1';
process.env.AWS_ACCESS_KEY_ID = 'test';
process.env.AWS_SECRET_ACCESS_KEY = 'test';
// Nothing listens there: a command that no test has mocked cannot reach a real table.
process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:1';
